"""Keep the name that somebody typed for a guest or a colleague, and since when a task is used."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    for table in ("guest", "membership"):
        op.add_column(table, sa.Column("name", sa.String(length=80), nullable=False, server_default=""))
        whose = sa.text(f"update {table} set name = (select name from person where person.id = {table}.person_id)")  # noqa: S608  # both names stand above
        op.execute(whose)
    op.add_column("membership", sa.Column("used_at", TIME, nullable=True))
    op.execute(sa.text("update membership set used_at = created_at"))  # who works here already is known here


def downgrade() -> None:
    op.drop_column("membership", "used_at")
    for table in ("membership", "guest"):
        op.drop_column(table, "name")
