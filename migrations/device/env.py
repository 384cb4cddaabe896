"""Alembic over the keyed connection that app.store.migrate hands in; there is no offline mode (no key, no store)."""

from alembic import context

if context.is_offline_mode():
    raise RuntimeError("a device's store is upgraded through its keyed connection only")

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
