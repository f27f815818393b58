"""The bare application that Meanwhile is measured against: one insert, one page of 60 rows, nothing else.

Same web framework, session, pragmas and kind of transaction; no sign-in, no CSRF check, no validation, no encryption.
"""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Flask, render_template_string, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

PAGE = """<!doctype html><html lang="en"><title>Rows</title><h1>Rows</h1><table>
{% for row in rows %}<tr><td>{{ row.id }}</td><td>{{ row.day }}</td><td>{{ row.kind }}</td><td>{{ row.note }}</td></tr>
{% endfor %}</table></html>"""


class Base(DeclarativeBase):
    """What the one table derives from."""


db = SQLAlchemy(model_class=Base)


class Row(Base):
    """As wide as an observation."""

    __tablename__ = "row"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    day: Mapped[str]
    recorded_at: Mapped[datetime]
    answers: Mapped[str]
    note: Mapped[str]
    audience: Mapped[str]


def create() -> Flask:
    """The application on the SQLite file that BARE_DATABASE names."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{os.environ['BARE_DATABASE']}"
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", _pragmas)
        db.create_all()

    @app.post("/rows")
    def add() -> tuple[str, int]:
        _insert(request.form["id"], request.form["note"])
        return "saved", 200

    @app.get("/rows")
    def rows() -> str:
        found = db.session.scalars(select(Row).order_by(Row.recorded_at).limit(60)).all()
        return render_template_string(PAGE, rows=found)

    @app.post("/fill")
    def fill() -> str:
        for number in range(60):
            _insert(str(uuid.uuid4()), f"A note of the usual length, number {number}: asleep at eight, read a book.")
        return "filled"

    return app


def _insert(id_: str, note: str) -> None:
    values: dict[str, Any] = {"kind": "day", "day": "2026-03-02", "answers": '{"terms": {"bedtime": "kept"}}'}
    db.session.add(Row(id=UUID(id_), recorded_at=datetime.now(UTC), note=note, audience="mediator", **values))
    db.session.commit()


def _pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


app = create() if "BARE_DATABASE" in os.environ else None
