"""Imports every records.py and exports KINDS, the registry that merge and the hub need."""

from app.content import records as content_records
from app.customers import records as customers
from app.facts import records as facts
from app.parts import records as parts
from app.people import records as people
from app.repairs import records as repairs
from app.signoff import records as signoff
from app.sop import records as sop
from app.store.bases import kinds
from app.sync import records as sync
from app.sync.files import watch_files
from app.tickets import records as tickets
from app.units import records as units

RECORDS = (content_records, customers, facts, parts, people, repairs, signoff, sop, sync, tickets, units)
KINDS = kinds()
watch_files(KINDS)
