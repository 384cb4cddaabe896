"""Imports every records.py and exports KINDS, the registry that merge and the hub need."""

from app.store.bases import kinds

KINDS = kinds()
