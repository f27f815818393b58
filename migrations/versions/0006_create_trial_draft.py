"""Create the table of drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trial_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("trial_id", sa.Uuid(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_trial_draft_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_trial_draft_person_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_trial_draft_programme_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_trial_draft_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_draft")),
        sa.UniqueConstraint("trial_id", name=op.f("uq_trial_draft_trial_id")),
    )
    op.create_index(op.f("ix_trial_draft_person_id"), "trial_draft", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_trial_draft_person_id"), table_name="trial_draft")
    op.drop_table("trial_draft")
