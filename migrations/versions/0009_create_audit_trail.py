"""Create the audit trail, which the database itself keeps from being changed.

On SQLite a batch operation on this table would lose the triggers: never use one on it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSAL = "the audit trail is append-only"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("trial_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_programme", "audit_entry", ["programme_id", "number"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        for word in ("update", "delete"):
            op.execute(
                f"create trigger audit_entry_no_{word} before {word} on audit_entry "
                f"begin select raise(abort, '{REFUSAL}'); end"
            )


def _guard_postgresql() -> None:
    op.execute(
        "create function audit_entry_refuse() returns trigger language plpgsql as "
        f"$$ begin raise exception '{REFUSAL}'; end $$"
    )
    op.execute(
        "create trigger audit_entry_no_change before update or delete on audit_entry "
        "for each row execute function audit_entry_refuse()"
    )
    op.execute(
        "create trigger audit_entry_no_truncate before truncate on audit_entry "
        "for each statement execute function audit_entry_refuse()"
    )


def downgrade() -> None:
    op.drop_index("ix_audit_entry_programme", table_name="audit_entry")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("drop function audit_entry_refuse()")
