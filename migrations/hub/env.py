"""Alembic over the connection of hub_owner that app.hub.schema hands in; there is no ini and no offline mode."""

from alembic import context

if context.is_offline_mode():
    raise RuntimeError("a hub's database is upgraded through its owner's connection only")

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
