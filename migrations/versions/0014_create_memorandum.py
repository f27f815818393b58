"""Create the tables of memoranda and of the answers to them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create(
        "memorandum",
        ("case_id", "trial_id", "by"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        unique=("trial_id", "number"),
    )
    _create(
        "memorandum_answer",
        ("case_id", "memorandum_id", "party_id"),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        unique=("memorandum_id", "party_id"),
    )


def _create(name: str, refers: tuple[str, ...], *columns: sa.Column, unique: tuple[str, ...] = ()) -> None:
    """A table with an id, with what it refers to, and with its own columns."""
    keys = [
        sa.ForeignKeyConstraint(
            [column],
            ["person.id" if column == "by" else f"{column.removesuffix('_id')}.id"],
            name=op.f(f"fk_{name}_{column}"),
        )
        for column in refers
    ]
    if unique:
        keys.append(sa.UniqueConstraint(*unique, name=op.f(f"uq_{name}_{'_'.join(unique)}")))
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in refers),
        *columns,
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    for name in ("memorandum_answer", "memorandum"):
        op.drop_table(name)
