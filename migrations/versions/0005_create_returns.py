"""Create the tables of returns."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_release_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_release_case_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_release_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
    )
    op.create_index(op.f("ix_release_trial_id"), "release", ["trial_id"], unique=False)
    op.create_table(
        "return_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_return_session_case_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_return_session_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_session")),
        sa.UniqueConstraint("trial_id", name=op.f("uq_return_session_trial_id")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("return_session")
    op.drop_index(op.f("ix_release_trial_id"), table_name="release")
    op.drop_table("release")
    # ### end Alembic commands ###
