"""Create the tables of keeping: how long, held by whom, and what is left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _id(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def upgrade() -> None:
    op.add_column("programme", sa.Column("retention_days", sa.Integer(), nullable=False, server_default="90"))
    op.create_table(
        "legal_hold",
        *(_id("id"), _id("programme_id"), _id("case_id")),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        *(_id("by"), _moment("at"), _id("lifted_by", nullable=True), _moment("lifted_at", nullable=True)),
        *(_key("legal_hold", "programme_id", "programme"), _key("legal_hold", "case_id", "case")),
        *(_key("legal_hold", "by", "person"), _key("legal_hold", "lifted_by", "person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
    )
    op.create_index(op.f("ix_legal_hold_programme_id"), "legal_hold", ["programme_id"])
    op.create_index(op.f("ix_legal_hold_case_id"), "legal_hold", ["case_id"])
    op.create_table(
        "purge_notice",
        *(_id("id"), _id("case_id"), _moment("at"), _moment("told_at", nullable=True)),
        _key("purge_notice", "case_id", "case"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_notice")),
    )
    op.create_index(op.f("ix_purge_notice_case_id"), "purge_notice", ["case_id"])
    op.create_table(
        "purge",
        *(_id("id"), _id("programme_id"), _id("case_id"), _moment("at")),
        sa.Column("counts", sa.JSON(), nullable=False),
        *(_key("purge", "programme_id", "programme"), _key("purge", "case_id", "case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge")),
        sa.UniqueConstraint("case_id", name=op.f("uq_purge_case_id")),
    )
    op.create_index(op.f("ix_purge_programme_id"), "purge", ["programme_id"])
    op.create_table(
        "account_deletion",
        *(_id("id"), _id("case_id"), _id("trial_id"), _id("party_id"), _moment("at")),
        *(_key("account_deletion", "case_id", "case"), _key("account_deletion", "trial_id", "trial")),
        _key("account_deletion", "party_id", "party"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_deletion")),
    )
    op.create_index(op.f("ix_account_deletion_trial_id"), "account_deletion", ["trial_id"])


def downgrade() -> None:
    for table in ("account_deletion", "purge", "purge_notice", "legal_hold"):
        op.drop_table(table)
    op.drop_column("programme", "retention_days")
