"""Keep a preparation as it was released, when its author writes on."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("preparation", sa.Column("released_texts", sa.LargeBinary(), nullable=True))
    op.add_column("preparation", sa.Column("released_saved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("preparation") as table:
        table.drop_column("released_saved_at")
        table.drop_column("released_texts")
