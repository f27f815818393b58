"""Let a referral say only whom to see: what is empty is stored as no value."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("referral") as table:
        for name in ("about", "bring"):
            table.alter_column(name, existing_type=sa.LargeBinary(), nullable=True)


def downgrade() -> None:
    """Nothing: the release before reads a missing value as an empty text, and stores only what is not empty."""
