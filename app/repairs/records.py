"""Repairs and what happened in them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection
from sqlalchemy.orm import Mapped

from app.kernel.days import may_be_day
from app.kernel.packing import is_packed
from app.kernel.serials import SerialState
from app.repairs.rules.lines import LINE_KEYS, LineAction
from app.repairs.rules.stages import LabourKind, Outcome, State, fold_state
from app.store.bases import Event, See, Synced, derived, link, lww, projects
from app.store.many import change_rows
from app.store.reads import Read
from app.store.search import SearchText
from app.store.stories import stories, subjects_of

_NUMBER = Read(values=frozenset({"", *SerialState}))
_LINE = {
    **dict.fromkeys(LINE_KEYS, Read()),
    **dict.fromkeys(("line", "part"), Read(needed=True)),
    "action": Read(needed=True, values=frozenset(LineAction)),
    "quantity": Read(int, needed=True),
    "policy_version": Read(int),
    **dict.fromkeys(("missing", "unit_events"), Read(list)),
    "why": Read(list, each=Read(object, fits=is_packed)),
    **dict.fromkeys(("old_state", "new_state"), _NUMBER),
}


class Repair(Synced):
    """Known by its ticket. `reported_on`, `found_on` (a hidden fault showed itself) are ISO days."""

    __tablename__ = "repair"
    reads: ClassVar[Mapping[str, Read]] = dict.fromkeys(("reported_on", "found_on"), Read(fits=may_be_day))
    ticket: Mapped[str] = link("ticket", see=See.SHARED)
    unit: Mapped[str] = link("unit", see=See.SHARED)
    place: Mapped[str] = lww(see=See.SHARED, default="workshop")
    reported_on: Mapped[str] = lww(see=See.SHARED, default="")
    found_on: Mapped[str] = lww(see=See.SHARED, default="")
    symptom: Mapped[str] = lww(see=See.SHARED, default="")
    fault: Mapped[str] = lww(see=See.SHARED, default="")
    cause: Mapped[str] = lww(see=See.SHARED, default="")
    remedy: Mapped[str] = lww(see=See.SHARED, default="")
    diagnosis: Mapped[str] = lww(see=See.SHARED, default="")
    outcome: Mapped[str] = lww(see=See.SHARED, default="")
    model: Mapped[str] = lww(see=See.SHARED, default="")
    responsible: Mapped[str] = link("staff", see=See.PARTNER)
    state: Mapped[str] = derived(default="logged", index=True)

    def search_text(self) -> SearchText:
        return self.search_text_of(vars(self))

    @staticmethod
    def search_text_of(row: Mapping[str, Any]) -> SearchText:
        return SearchText(row["created_at"], (row["model"],), (row["diagnosis"],))


class RepairEvent(Event):
    """`line_undone` names the event of the line in `corrects_id`; `paper` the hash of a printed or scanned sheet."""

    __tablename__ = "repair_event"
    bodies: ClassVar = {
        "received": {"condition": See.SHARED, "accessories": See.SHARED, "note": See.PARTNER},
        "diagnosed": dict.fromkeys(("symptom", "fault", "cause", "remedy", "text"), See.SHARED),
        "line": dict.fromkeys(LINE_KEYS, See.SHARED),
        "line_undone": {"reason": See.SHARED},
        "labour": {"kind": See.SHARED, "minutes": See.SHARED},
        "moved": {"to": See.SHARED, "reason": See.SHARED},
        "outcome": {"outcome": See.SHARED, "note": See.SHARED},
        "handed_over": {"to": See.PARTNER},
        "paper": {"what": See.SHARED, "sha256": See.SHARED},
    }
    reads: ClassVar = {
        "received": {**dict.fromkeys(("condition", "accessories"), Read(list)), "note": Read()},
        "line": _LINE,
        "moved": {"to": Read(needed=True, values=frozenset(State))},
        "labour": {"kind": Read(needed=True, values=frozenset(LabourKind)), "minutes": Read(int, needed=True)},
        "outcome": {"outcome": Read(needed=True, values=frozenset(Outcome))},
    }


def _repairs_of(connection: Connection, events: Sequence[str]) -> Sequence[str]:
    return subjects_of(connection, RepairEvent, events)


@projects("repair")
@projects("repair_event", through=_repairs_of)
def project_state(connection: Connection, ids: Sequence[str]) -> None:
    """Fold the state of these repairs. One may arrive after its events; one without any is right as it is."""
    told = stories(connection, RepairEvent, ids)
    rows = [(fold_state(happened).value, repair) for repair, happened in told.items()]
    change_rows(connection, Repair.__table__, ("state",), rows)
