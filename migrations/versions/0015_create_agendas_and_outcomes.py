"""Create the tables of the agendas that mediators write, and of how trials went on."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "agenda",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topics", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_agenda_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_agenda_case_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_agenda_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda")),
        sa.UniqueConstraint("trial_id", "number", name=op.f("uq_agenda_trial_id_number")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint("kind in ('extended', 'changed', 'memorandum', 'ended')", name=op.f("ck_outcome_kind")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_outcome_case_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_outcome_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("trial_id", "kind", name=op.f("uq_outcome_trial_id_kind")),
    )


def downgrade() -> None:
    op.drop_table("outcome")
    op.drop_table("agenda")
