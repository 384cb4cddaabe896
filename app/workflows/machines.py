"""Taking a machine into the records and correcting it: the machine, and a new owner with it, in one transaction."""

from collections.abc import Mapping
from dataclasses import replace

from app.customers.actions import add_customer
from app.customers.rules import CustomerDraft
from app.kernel.rights import Right
from app.store.work import Work
from app.units.actions import UnitDraft, edit_unit, register_unit


def log_unit(work: Work, draft: UnitDraft, *, new_owner: CustomerDraft | None = None) -> str:
    """The id of the new machine; `new_owner` is added first when there is one. UserError(BAD_INPUT) by field."""
    work.require(Right.EDIT_UNIT)
    if new_owner is not None:
        draft = replace(draft, owner=add_customer(work, new_owner), site="")
    return register_unit(work, draft)


def change_unit(work: Work, unit_id: str, said: Mapping[str, str], *, new_owner: CustomerDraft | None = None) -> None:
    """Correct what is known of a machine; `new_owner` is added first when there is one. UserError(BAD_INPUT) by field.

    `said` as in app.units.actions.edit_unit.
    """
    work.require(Right.EDIT_UNIT)
    added = {"owner": add_customer(work, new_owner), "site": ""} if new_owner else {}
    edit_unit(work, unit_id, **{**said, **added})
