"""Create the tables of preparations, options, referrals and caucus notes, and say how a return session is held."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preparation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("texts", sa.LargeBinary(), nullable=False),
        sa.Column("audience", sa.String(length=8), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("audience in ('me', 'mediator', 'summary')", name=op.f("ck_preparation_audience")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_preparation_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_preparation_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_preparation_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation")),
    )
    op.create_index("ix_preparation_trial", "preparation", ["trial_id", "party_id", "topic"], unique=True)
    op.create_table(
        "held_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_held_option_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_held_option_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_held_option_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_option")),
    )
    op.create_index(op.f("ix_held_option_trial_id"), "held_option", ["trial_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("who", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("bring", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_referral_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_referral_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_referral_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_trial_id"), "referral", ["trial_id"], unique=False)
    op.create_table(
        "caucus_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_caucus_note_by")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_caucus_note_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_caucus_note_party_id")),
        sa.ForeignKeyConstraint(["trial_id"], ["trial.id"], name=op.f("fk_caucus_note_trial_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caucus_note")),
    )
    op.create_index(op.f("ix_caucus_note_trial_id"), "caucus_note", ["trial_id"], unique=False)
    with op.batch_alter_table("return_session") as batch:
        batch.add_column(sa.Column("form", sa.String(length=16), nullable=False, server_default="together"))
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=False, server_default="90"))
        batch.add_column(sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_check_constraint(
            op.f("ck_return_session_form"), "form in ('together', 'separate_rooms', 'separate_arrival', 'online')"
        )
    with op.batch_alter_table("return_session") as batch:
        for name in ("form", "minutes", "sequence"):
            batch.alter_column(name, server_default=None)
    op.create_table(
        "arrival",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("party_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_arrival_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_arrival_party_id")),
        sa.ForeignKeyConstraint(["session_id"], ["return_session.id"], name=op.f("fk_arrival_session_id")),
        sa.PrimaryKeyConstraint("session_id", "party_id", name=op.f("pk_arrival")),
    )
    op.create_table(
        "session_guest",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("guest_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_session_guest_case_id")),
        sa.ForeignKeyConstraint(["guest_id"], ["guest.id"], name=op.f("fk_session_guest_guest_id")),
        sa.ForeignKeyConstraint(["session_id"], ["return_session.id"], name=op.f("fk_session_guest_session_id")),
        sa.PrimaryKeyConstraint("session_id", "guest_id", name=op.f("pk_session_guest")),
    )


def downgrade() -> None:
    op.drop_table("session_guest")
    op.drop_table("arrival")
    op.execute("delete from return_session where cancelled_at is not null")  # it was a row less, before
    with op.batch_alter_table("return_session") as batch:
        batch.drop_constraint(op.f("ck_return_session_form"), type_="check")
        for name in ("cancelled_at", "sequence", "minutes", "form"):
            batch.drop_column(name)
    for name in ("caucus_note", "referral", "held_option"):
        op.drop_index(op.f(f"ix_{name}_trial_id"), table_name=name)
        op.drop_table(name)
    op.drop_index("ix_preparation_trial", table_name="preparation")
    op.drop_table("preparation")
