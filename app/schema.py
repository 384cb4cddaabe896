"""Imports every records.py and exports KINDS, the registry that merge and the hub need."""

from app.content import records as content_records
from app.customers import records as customers
from app.people import records as people
from app.signoff import records as signoff
from app.sop import records as sop
from app.store.bases import kinds
from app.tickets import records as tickets

RECORDS = (content_records, customers, people, signoff, sop, tickets)
KINDS = kinds()
