"""Keep the key with which a person's devices encrypt what they hold while there is no network."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("device_key", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "device_key")
