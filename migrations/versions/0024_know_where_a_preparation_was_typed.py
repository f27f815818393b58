"""Know on which page each text of a preparation was typed last; of what was written before this nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("preparation", sa.Column("typed_on", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("preparation", "typed_on")
