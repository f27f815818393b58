"""Let a programme choose the ways that its parties' reminders may take; whoever has not chosen has them all."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("channels", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("programme", "channels")
