"""How Alembic finds the database: through the application that runs it, never through an address in a file."""

from alembic import context
from flask import current_app

migrate = current_app.extensions["migrate"]
metadata = migrate.db.metadatas[None]


def run() -> None:
    """Run the asked-for migrations on the application's own engine, in one transaction each."""
    engine = migrate.db.engine.execution_options(writing=True)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
