"""Keep in which words an imported observation came, where they are not the usual ones."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("observation", sa.Column("written", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("observation", "written")
