"""The shelf: installing a checked pack in one transaction, and reading back what is published."""

import hashlib
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from app.content.items import Item, ItemText, Published, TextState
from app.content.records import CurrentItem, ItemRow, ItemTextRow, PackRow
from app.kernel.canonical import canonical
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import now
from app.kernel.messages import say
from app.store.work import Work


def install_pack(work: Work, pack: Published) -> bool:
    """Put a whole valid pack on the shelf and switch every item to it; False when it stands there already.

    An item version that is on the shelf with other content raises UserError(BROKEN_PACK) and nothing changes:
    records refer to (kind, code, version) and must find for ever what they referred to.
    """
    session = work.session
    sha256 = _pack_hash(pack)
    if sha256 == shelf_hash(session):
        return False
    known = {(r.kind, r.code, r.version, r.market): r.sha256 for r in session.execute(_KNOWN)}
    fresh = [item for item in pack.items if _is_new(item, known)]
    if fresh:
        session.execute(insert(ItemRow), [_row_of(item) for item in fresh])
    _put_texts(session, pack.texts)
    session.execute(delete(CurrentItem))
    session.execute(insert(CurrentItem), _current_of(pack.items))
    row = PackRow(name=pack.pack, version=pack.version, sha256=sha256, installed_at=now())
    session.add(row)
    session.flush()
    return True


def shelf_hash(session: Session) -> str:
    """The hash of the installed pack, empty on a bare shelf; it changes exactly when the shelf does."""
    return session.scalar(select(PackRow.sha256).order_by(PackRow.rid.desc()).limit(1)) or ""


def installed_version(session: Session, pack: str) -> int:
    """The version of a pack that was installed last, or 0."""
    newest = select(PackRow.version).where(PackRow.name == pack).order_by(PackRow.rid.desc()).limit(1)
    return session.scalar(newest) or 0


def read_shelf(session: Session) -> tuple[list[Item], list[ItemText]]:
    """Every item version and text, old ones too: a running checklist keeps its version."""
    items = [_item_of(row) for row in session.scalars(select(ItemRow).order_by(ItemRow.rid))]
    texts = [_text_of(row) for row in session.execute(select(ItemTextRow.__table__))]
    return items, texts


_KNOWN = select(ItemRow.kind, ItemRow.code, ItemRow.version, ItemRow.market, ItemRow.sha256)


def _pack_hash(pack: Published) -> str:
    texts = sorted(f"{t.kind}/{t.code}/{t.version}/{t.language}/{t.path}={t.text}" for t in pack.texts)
    whole = [pack.pack, pack.version, sorted(item.sha256 for item in pack.items), texts]
    return hashlib.sha256(canonical(whole)).hexdigest()


def _is_new(item: Item, known: dict[tuple[str, str, int, str], str]) -> bool:
    stands = known.get((item.kind, item.code, item.version, item.market or ""))
    if stands is not None and stands != item.sha256:
        raise UserError(
            Trouble.BROKEN_PACK,
            say(
                "The pack changes {item} without a new version number. Nothing was installed;"
                " the manufacturer has to publish it as version {next}.",
                item=f"{item.kind} {item.code}",
                next=item.version + 1,
            ),
        )
    return stands is None


def _put_texts(session: Session, texts: tuple[ItemText, ...]) -> None:
    rows = [
        {
            "kind": t.kind,
            "code": t.code,
            "version": t.version,
            "language": t.language,
            "path": t.path,
            "text": t.text,
            "source_sha256": t.source_sha256,
            "state": t.state.value,
        }
        for t in texts
    ]
    if rows:
        statement = upsert(ItemTextRow)
        better = {name: statement.excluded[name] for name in ("text", "source_sha256", "state")}
        keys = ["kind", "code", "version", "language", "path"]
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=better), rows)


def _row_of(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "code": item.code,
        "version": item.version,
        "market": item.market or "",
        "valid_from": item.valid_from.isoformat(),
        "valid_to": item.valid_to.isoformat() if item.valid_to else "",
        "source": item.source,
        "checked_on": item.checked_on.isoformat(),
        "checked_by": item.checked_by,
        "review_due": item.review_due.isoformat(),
        "body": dict(item.body),
        "sha256": item.sha256,
    }


def _current_of(items: tuple[Item, ...]) -> list[dict[str, Any]]:
    """The newest version of each item: a pack may carry older ones that records refer to."""
    newest: dict[tuple[str, str, str], int] = {}
    for item in items:
        key = (item.kind, item.code, item.market or "")
        newest[key] = max(item.version, newest.get(key, 0))
    return [{"kind": k, "code": c, "market": m, "version": version} for (k, c, m), version in newest.items()]


def _item_of(row: ItemRow) -> Item:
    return Item(
        kind=row.kind,
        code=row.code,
        version=row.version,
        market=row.market or None,
        valid_from=date.fromisoformat(row.valid_from),
        valid_to=date.fromisoformat(row.valid_to) if row.valid_to else None,
        source=row.source,
        checked_on=date.fromisoformat(row.checked_on),
        checked_by=row.checked_by,
        review_due=date.fromisoformat(row.review_due),
        body=row.body,
        sha256=row.sha256,
    )


def _text_of(row: Any) -> ItemText:
    state = TextState(row.state)
    return ItemText(row.kind, row.code, row.version, row.language, row.path, row.text, row.source_sha256, state)
