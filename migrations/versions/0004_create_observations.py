"""Create the tables of observations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "observation",
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_offset", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "audience in ('me', 'mediator', 'summary')",
            name=op.f("ck_observation_audience"),
        ),
        sa.CheckConstraint(
            "kind in ('day', 'handoff', 'noise', 'moment')",
            name=op.f("ck_observation_kind"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_observation_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_observation_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_observation_trial_id")),
        sa.PrimaryKeyConstraint("trial_id", "id", name=op.f("pk_observation")),
    )
    op.create_index(
        "ix_observation_day",
        "observation",
        ["trial_id", "party_id", "day"],
        unique=False,
    )
    op.create_table(
        "running_noise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_running_noise_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_running_noise_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_running_noise_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_running_noise")),
        sa.UniqueConstraint("party_id", name=op.f("uq_running_noise_party_id")),
    )
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("running_noise")
    op.drop_index("ix_observation_day", table_name="observation")
    op.drop_table("observation")
    # ### end Alembic commands ###
