"""Invitations for parties who have joined and cannot come back. None was one before this."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("invitation", sa.Column("again", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("invitation") as table:
        table.alter_column("again", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("invitation") as table:
        table.drop_column("again")
