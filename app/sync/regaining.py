"""A hub that came back from a backup, in the desk's store: all is fetched, then all that the hub lacks goes out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.store.bases import Stream, kinds
from app.store.work import Work
from app.sync import afresh
from app.sync.answers import HubRow
from app.sync.cells import cells_of
from app.sync.merge import Cell
from app.sync.records import FileWork, Held, Told
from app.sync.shapes import shapes_of

_MANY = 500  # ids in one question


def begin(work: Work) -> None:
    """From here on the hub is asked for everything, and told nothing until it has answered."""
    work.begin_afresh()
    work.session.execute(delete(Told))
    work.session.execute(update(FileWork).where(FileWork.here).values(away=True))


def is_afresh(session: Session) -> bool:
    """Whether everything is being fetched, and nothing goes out."""
    return bool(session.scalar(select(Stream.afresh)))


def hear(session: Session, rows: Iterable[HubRow]) -> list[HubRow]:
    """Note what the hub has; the rows with what stands here and was written later."""
    heard = []
    for row in rows:
        session.merge(Told(kind=row.kind, id=row.key, clocks=dict(row.clocks)))
        heard.append(_with_ours(session, row) if row.clocks else row)
    session.flush()
    return heard


def tell(work: Work) -> None:
    """All that the hub lacks begins the new stream; from here on the desk speaks again."""
    session, seen = work.session, work.session.scalar(select(Stream.cursor)) or 0
    told = {(each.kind, each.id): each.clocks for each in session.scalars(select(Told))}
    own = work.past_operations()
    said = afresh.named(own)
    others = [
        body
        for kind, key, row in _everything(session)
        for body in afresh.lacking(kind, key, row, told, own=said, device=work.device, seen=seen)
    ]
    work.say_again(afresh.in_order(own, others))
    session.execute(delete(Told))


def _with_ours(session: Session, row: HubRow) -> HubRow:
    model: Any = kinds().get(row.kind)
    thing = session.scalars(select(model).where(model.id == row.key)).first() if model else None
    if thing is None:
        return row
    hub = {name: Cell(value, row.clocks.get(name, "")) for name, value in row.fields.items()}
    both = afresh.newer(cells_of(thing, shapes_of({row.kind: model})[row.kind]), hub)
    values = {name: cell.value for name, cell in both.items()}
    return HubRow(row.kind, row.key, row.cur, values, {name: cell.stamp for name, cell in both.items() if cell.stamp})


def _everything(session: Session) -> Iterator[tuple[str, str, Mapping[str, Cell]]]:
    """Kind, id and cells of every record, event and seal that is here, also of those that stand not yet."""
    for kind, shape in shapes_of(kinds()).items():
        model: Any = kinds()[kind]
        for thing in session.scalars(select(model).execution_options(yield_per=_MANY)):
            yield kind, thing.id, cells_of(thing, shape)
    for each in session.scalars(select(Held)):
        fields, clocks = each.row["fields"], each.row["clocks"]
        yield each.kind, each.id, {name: Cell(value, clocks.get(name, "")) for name, value in fields.items()}
