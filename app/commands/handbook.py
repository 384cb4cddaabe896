"""`handbook`: a crisis procedure in plain text, from the signed copy; neither the store nor a key is asked."""

import argparse
from pathlib import Path
from typing import Any

from app.commands.calling import Call, Command, Outcome
from app.handbook.place import shelf_of
from app.handbook.spoken import Spoken
from app.kernel.errors import Trouble, UserError
from app.kernel.instants import Instant, now
from app.kernel.messages import Message, Shown, say
from app.language.speaking import speak
from app.store.disk import replace_file
from app.store.profile import read_keys
from app.views.handbook_page import HandbookReader, open_reader
from app.workflows.handbook_print import draw_all, draw_page, paper_of, text_of


def run_handbook(call: Call) -> Outcome:
    """The symptoms, or one procedure; UserError BAD_INPUT for a code, language or market that it does not hold."""
    reader = open_reader(shelf_of(call.profile.folder, sample=_is_sample(call)), language=call.asked_language)
    moment = now()
    _settle(reader, call.arguments)
    code = str(call.arguments.code or "").upper()
    if call.arguments.out:
        return _paper(reader, code, Path(call.arguments.out), moment)
    if not code:
        return _symptoms(reader, moment)
    _known(reader, code)
    spoken = reader.procedure(code, moment).spoken
    people = [_person(reader, spoken, at, moment) for at in range(len(spoken.tell))]
    return Outcome(tuple(_plain(each) for each in text_of(spoken)), _data(reader, spoken, people))


def _known(reader: HandbookReader, code: str) -> None:
    if code not in reader.book.codes():
        known = ", ".join(reader.book.codes())
        raise UserError(Trouble.BAD_INPUT, say("There is no such procedure. There are: {codes}", codes=known))


def _paper(reader: HandbookReader, code: str, target: Path, moment: Instant) -> Outcome:
    """One procedure, or without a code all of them, as a PDF."""
    if not target.parent.is_dir():
        raise UserError(Trouble.BAD_INPUT, say("There is no folder {path}.", path=str(target.parent)), field="out")
    size = paper_of(reader.book, reader.market)
    if code:
        _known(reader, code)
        pdf = draw_page(reader.procedure(code, moment).spoken, size, moment)
    else:
        pdf = draw_all(reader.all_procedures(moment), size, moment)
    replace_file(target, pdf)
    line = say("The paper is written: {path}", path=str(target))
    return Outcome((line,), {"path": str(target), "codes": [code] if code else list(reader.book.codes())})


def _is_sample(call: Call) -> bool:
    try:
        return bool(call.arguments.sample) or read_keys(call.profile).sample
    except (UserError, OSError):
        return bool(call.arguments.sample)


def _settle(reader: HandbookReader, arguments: argparse.Namespace) -> None:
    market = str(arguments.market or reader.market).upper()
    if market and market not in reader.book.markets:
        known = ", ".join(sorted(reader.book.markets))
        raise UserError(Trouble.BAD_INPUT, say("There is no such market. There are: {codes}", codes=known))
    reader.market = market


def _symptoms(reader: HandbookReader, moment: Instant) -> Outcome:
    page = reader.tiles(moment)
    head = [f"{number}  {text}" for number, text in page.emergency]
    head.append(f"{page.duty.person.phone}  {page.duty.person.role}")
    rows = []
    for each in page.tiles:
        rows += [f"{each.leads_to}  {each.title}: {each.signs}", *([f"       {each.note}"] if each.note else [])]
    tiles = [
        {"code": each.leads_to, "title": each.title, "signs": each.signs, "note": each.note} for each in page.tiles
    ]
    data = {"market": reader.market, "language": page.language, "version": reader.book.version, "symptoms": tiles}
    return Outcome(tuple(_plain(each) for each in (page.standing, *head, "", *rows)), data)


def _person(reader: HandbookReader, spoken: Spoken, at: int, moment: Instant) -> dict[str, Any]:
    person = spoken.tell[at]
    seen = reader.awake(person, moment)
    return {
        "role": person.role, "name": person.name, "phone": person.phone, "zone": person.zone,
        "time_there": seen.clock, "now": seen.sentence,
        "reachable": seen.office,
    }  # fmt: skip


def _data(reader: HandbookReader, spoken: Spoken, people: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": spoken.code, "version": spoken.version, "market": reader.market, "language": spoken.language,
        "origin": reader.opened.origin.value, "since": reader.opened.since, "old": spoken.old, "title": spoken.title,
        "use_when": spoken.use_when, "do_now": [each.text for each in spoken.steps], "tell": people,
        "emergency": [{"number": number, "text": text} for number, text in spoken.emergency],
        "do_not_say": [{"text": each.text, "instead": each.instead} for each in spoken.do_not_say],
        "limits": [{"time": each.time, "trigger": each.trigger, "source": each.source} for each in spoken.limits],
        "ends_when": spoken.ends_when,
    }  # fmt: skip


def _plain(line: str) -> Message:
    """A line of the handbook as it stands; its own language was chosen already."""
    return say("{line}", line=Shown("plain", line))


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", nargs="?", default="", metavar="CODE", help=speak(say("a procedure, such as CP-01")))
    told = speak(say("write it as a PDF to print; without a procedure all of them in one"))
    parser.add_argument("--out", default="", metavar="FILE.pdf", help=told)
    parser.add_argument("--market", default="", metavar="CODE", help=speak(say("the market, such as PT")))


HANDBOOK = Command(
    "handbook", say("Show the crisis handbook; it needs neither the store nor a key."), run_handbook, _arguments
)
