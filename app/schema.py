"""Imports every records.py and exports KINDS, the registry that merge and the hub need."""

from app.content import records as content_records
from app.store.bases import kinds

RECORDS = (content_records,)
KINDS = kinds()
