"""Let programmes keep plan templates of their own, and let a trial's plan keep the name of the one it comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("based_on", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_plan_template_programme_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["person.id"], name=op.f("fk_plan_template_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_template")),
    )
    op.create_index(op.f("ix_plan_template_programme_id"), "plan_template", ["programme_id"])
    op.add_column("plan_version", sa.Column("name", sa.String(80), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("plan_version", "name")
    op.drop_table("plan_template")
