"""Which language a person reads. Of nobody it is known before their next sign-in."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("language", sa.String(length=16), nullable=True))


def downgrade() -> None:
    op.drop_column("person", "language")
