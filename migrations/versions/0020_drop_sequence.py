"""Count the changes of a return session no more: an invitation is ordered by when it was made."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("return_session", "sequence")


def downgrade() -> None:
    op.add_column("return_session", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
