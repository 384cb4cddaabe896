"""Who acts, and what a role may do. Which role holds which right is content (`rights` of the pack)."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    TECHNICIAN = "technician"
    AGENT = "agent"
    STOREKEEPER = "storekeeper"
    MANAGER = "manager"


class Right(StrEnum):
    """One for each kind of public action."""

    MANAGE_STAFF = "manage_staff"
    LOG_TICKET = "log_ticket"
    RESOLVE_TICKET = "resolve_ticket"
    EDIT_CUSTOMER = "edit_customer"
    EDIT_UNIT = "edit_unit"
    LOG_REPAIR = "log_repair"
    MOVE_STOCK = "move_stock"
    RUN_SOP = "run_sop"
    SIGN_FORM = "sign_form"
    TAKE_ACCEPTANCE = "take_acceptance"
    IMPORT_HISTORY = "import_history"
    CHANGE_SETTINGS = "change_settings"
    READ_LOCKED = "read_locked"  # health and identity of people: facts under lock


class How(StrEnum):
    """How the actor was established."""

    CHOSEN = "chosen"  # tapped their own name on the shared machine
    COMMAND_LINE = "command_line"
    SYSTEM = "system"  # seeding, migration, a job of the device itself


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (staff id), their roles, the device and how we know."""

    person: str
    roles: frozenset[Role]
    device: str
    how: How
    rights: frozenset[Right] = field(default_factory=frozenset)
