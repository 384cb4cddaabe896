"""`status`: what a profile is and how it stands."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.commands.calling import Call, Command, Outcome
from app.kernel.messages import Shown, say
from app.store.backups import backups
from app.store.bases import Operation, Stream
from app.store.migrate import SCHEMA_VERSION, stored_version
from app.store.opening import open_reader
from app.store.profile import Unlocked, holder_pid, read_keys


def run_status(call: Call) -> Outcome:
    """Folder, ways to open it, store, backups; reads beside a running desk."""
    unlocked = call.unlocked()
    profile, keys = unlocked.profile, read_keys(unlocked.profile)
    there = backups(profile.backups)
    data: dict[str, Any] = {
        "profile": str(profile.folder), "sample": unlocked.sample, "device": unlocked.device,
        "opened_by": sorted({slot["kind"] for slot in keys.slots}), "held_by": holder_pid(profile),
        "backups": len(there), "newest_backup": there[0].at if there else None,
        "program_schema": SCHEMA_VERSION, "store": _store(unlocked),
    }  # fmt: skip
    lines = [say("Profile: {folder}", folder=str(profile.folder))]
    if data["held_by"]:
        lines.append(say("A desk is open with it (process {number}).", number=Shown("plain", str(data["held_by"]))))
    if data["store"] is None:
        lines.append(say("It has no store yet."))
    else:
        lines.append(
            say("Store: {bytes} bytes, {operations} operations, {waiting} of them not sent; numbers carry {tag}.",
                **{name: data["store"][name] for name in ("bytes", "operations", "waiting", "tag")})
        )  # fmt: skip
    if there:
        moment = Shown("datetime", there[0].at, "UTC")
        lines.append(say("Backups: {count}, the newest of {moment}.", count=len(there), moment=moment))
    else:
        lines.append(say("Backups: none."))
    return Outcome(tuple(lines), data)


def _store(unlocked: Unlocked) -> dict[str, Any] | None:
    path = unlocked.profile.store
    if not path.exists():
        return None
    with open_reader(unlocked) as store:
        found: dict[str, Any] = store.read(_standing, (), {})
    return found | {"bytes": path.stat().st_size, "schema": stored_version(path, unlocked.key)}


def _standing(session: Session) -> dict[str, Any]:
    stream = session.execute(select(Stream.id, Stream.tag, Stream.partner, Stream.acked)).one()
    last = session.scalar(select(func.max(Operation.n))) or 0
    held = session.scalar(select(func.count()).select_from(Operation)) or 0
    tag, waiting = f"{stream.partner}-{stream.tag}", last - stream.acked
    return {"stream": stream.id, "tag": tag, "operations": held, "waiting": waiting}


STATUS = Command("status", say("Say what the profile is and how it stands."), run_status)
