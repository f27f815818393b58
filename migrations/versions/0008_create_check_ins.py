"""Create check-ins, and let each party say when and how they want to be asked."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NEW = ("next_check_in_at", "check_in_channels", "check_in_wording", "check_in_every", "check_in_days")


def upgrade() -> None:
    _create_check_in()
    op.create_table(
        "scheduler_beat",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduler_beat")),
    )
    for column in (
        sa.Column("check_in_days", sa.String(length=7), nullable=False, server_default="1234567"),
        sa.Column("check_in_every", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("check_in_wording", sa.String(length=8), nullable=False, server_default="discreet"),
        sa.Column("check_in_channels", sa.JSON(), nullable=False, server_default='["email"]'),
        sa.Column("next_check_in_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("party", column)
    op.create_index(op.f("ix_party_next_check_in_at"), "party", ["next_check_in_at"], unique=False)
    # Every party is looked at once by the first tick; from then on at its own time.
    party = sa.table("party", sa.column("next_check_in_at", sa.DateTime(timezone=True)))
    op.execute(party.update().values(next_check_in_at=datetime(2000, 1, 1, tzinfo=UTC)))


def downgrade() -> None:
    op.drop_index(op.f("ix_party_next_check_in_at"), table_name="party")
    for name in NEW:
        op.drop_column("party", name)
    op.drop_table("scheduler_beat")
    op.drop_table("check_in")


def _create_check_in() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "check_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("again_at", moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("sent_at", moment, nullable=True),
        sa.Column("failed_at", moment, nullable=True),
        sa.Column("dropped_at", moment, nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_check_in_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_check_in_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_check_in_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("party_id", "trial_id", "day", "kind", name=op.f("uq_check_in_party_id_trial_id_day_kind")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_check_in_token_hash")),
    )
    op.create_index(op.f("ix_check_in_again_at"), "check_in", ["again_at"], unique=False)
    op.create_index(op.f("ix_check_in_trial_id_day"), "check_in", ["trial_id", "day"], unique=False)
