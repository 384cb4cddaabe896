"""Every text that an act takes is tried with the hostile ones, or it is said why nobody types it."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from app.kernel.errors import UserError
from app.language.speaking import speak
from app.store import locking
from app.store.sessions import ThreadStore
from app.store.work import Work
from tests import sizes
from tests.faults.test_hostile_forms import ON_FORMS
from tests.faults.test_hostile_keys import FOR_KEYS
from tests.faults.test_hostile_strings import FIELDS, NOTE
from tests.faults.typed_cases import CASES, Case, TypingDesk
from tests.faults.typed_texts import texts_taken
from tests.hostile import KINDS, STRINGS
from tests.stores import EVERYTHING, KEY

ALWAYS = (*KINDS["half characters"], *KINDS["only controls"], "x" * 20_001)

# what is typed is handed to this act, which is tried
HANDED_ON = {
    r"workflows/(ticketing|machines)\.\w+ (customer|new_owner)\.(\w+)": r"customers/actions.add_customer draft.\3",
    r"workflows/ticketing\.change_customer draft\.(\w+)": r"customers/actions.edit_customer draft.\1",
    r"workflows/ticketing\.change_customer site\.(\w+)": r"customers/actions.add_site draft.\1",
    r"workflows/ticketing\.log_ticket draft\.(\w+)": r"tickets/actions.open_ticket draft.\1",
    r"workflows/ticketing\.change_ticket draft\.(title|words)": r"tickets/actions.edit_ticket draft.\1",
    r"workflows/ticketing\.answer_quickly quick\.serial": r"tickets/actions.open_ticket draft.serial",
    r"(tickets/actions\.edit_ticket|workflows/ticketing\.change_ticket) draft\.serial":
        "tickets/actions.open_ticket draft.serial",
    r"workflows/resolving\.resolve_ticket (.+)": r"tickets/actions.resolve \1",
    r"workflows/repair\.diagnose said": "repairs/actions.diagnose text",
    r"workflows/repair\.finish_repair note": "repairs/actions.finish note",
    r"workflows/repair\.hand_over_machine to": "repairs/actions.hand_over to",
    r"workflows/repair\.move_repair reason": "repairs/actions.move reason",
    r"workflows/repair\.receive_machine note": "repairs/actions.receive note",
    r"workflows/repair\.undo_line reason": "repairs/actions.undo_line reason",
    r"workflows/repair\.log_repair title": "tickets/actions.open_ticket draft.title",
    r"workflows/procedures\.begin_procedure title": "tickets/actions.open_ticket draft.title",
    r"workflows/procedures\.quarantine_part reason": "parts/actions.transfer_parts reason",
    r"workflows/bench\.tick_serial (reason)": "sop/actions.tick_step body",
    r"workflows/bench\.tick_serial (clock)": "sop/actions.tick_step clock",
    r"workflows/(machines\.log_unit|repair\.use_part) .*\.(typed|again|serial)":
        "workflows/bench.tick_serial entry.typed",
    r"workflows/bench\.tick_serial entry\.again": "workflows/bench.tick_serial entry.typed",
    r"units/actions\.register_unit draft\.(serial|again)": "workflows/bench.tick_serial entry.typed",
    r"workflows/signing\.seal_subject (.+)": r"workflows/signing.seal_form \1",
    r"signoff/actions\.(add_draft about|fill_draft)\.?\w* ?reason": "workflows/signing.correct_form reason",
    r"signoff/actions\.(seal|accept) \w+": "workflows/signing.seal_form reason",
    r"workflows/first_start\.FirstStart\.finish founding\.(\w+)": r"workflows/first_start.found_desk founding.\1",
    r"workflows/first_start\.FirstStart\.(connect|wait) address": "workflows/syncing.Syncing.enrol url",
    r"sync/waiting\.keep_code address": "workflows/syncing.Syncing.enrol url",
    r"workflows/syncing\.Syncing\.report text": "sync/reports.queue_report text",
    r"workflows/desk_keys\.DeskKeys\.(draw_recovery|open_by_itself) known":
        "workflows/desk_keys.DeskKeys.change_passphrase known",
    r"facts/actions\.choose_words (again|old)": "facts/actions.choose_words words",
    r"facts/actions\.open_fact words": "facts/actions.choose_words words",
}  # fmt: skip

# no person writes it into a field
NOT_TYPED = {
    r"(?!workflows/signing).* (.+\.)?place|parts/actions\.transfer_parts to|"
    r".*(moves|lines|unit_events|keys|clash|seen)":
        "ids of places, movements, news",
    r"people/told\.mute sort|repairs/actions\.add_line .*|repairs/actions\.receive (condition|accessories)|"
    r"workflows/repair\.receive_machine (condition|accessories)|repairs/actions\.(keep_paper what|start_repair model)|"
    r"tickets/actions\.file_record what|workflows/settings\.(keep_motion motion|set_setting name)":
        "codes that the program or its lists offer",
    r"sync/(files|local)\..*|workflows/syncing\.keep_link .*|workflows/exchange_steps\..*":
        "what the manufacturer answered: sync/test_hostile_rows.py, sync/test_answers.py",
    r"signoff/actions\.(note_\w+ \w+|supersede by|add_draft (matter|private)|fill_draft (matter|private))|"
    r"workflows/papers\.keep .*|workflows/signing\.ensure_key partner":
        "made by the program from records that were tried",
    r"sop/actions\.start_run serial|units/actions\.(fit|take)_component draft\.serial|"
    r"units/actions\.register_unit components\.serial": "a number as settled before",
    r"units/actions\.register_unit draft\.proof|workflows/machines\.log_unit draft\.proof": "no page asks for it",
    r"units/actions\.edit_unit changed|workflows/machines\.change_unit said": "days and codes: units/test_actions.py",
    r"workflows/(bench\.tick_photo|pictures\.keep_picture) source": "a picture or its hash",
    r"workflows/desk_copies\.DeskCopies\.(look|take) elsewhere": "the folder as checked",
    r"workflows/first_start\.\S+ founding\.colleague": "an id",
    r"workflows/printing\.choose_printer .*": "a printer and a paper that the system names",
    r"workflows/settings\.(set_setting value|keep_columns widths)":
        "choices; what is typed of them has an act of its own",
    r"workflows/syncing\.Syncing\.enrol name": "what this computer is called by its system",
    r"workflows/importing\..*|workflows/import_map\..*":
        "cells of a file: workflows/test_importing.py, commands/test_importing.py",
    r"workflows/voice\..*": "reads for papers",
}  # fmt: skip

TRIED_THERE = {
    **{f"customers/actions.add_customer draft.{name}": field for name, field in (
        ("name", "customer's name"), ("contact", "contact"), ("phone", "telephone"), ("email", "e-mail"),
        ("note", "customer's note"),
    )},
    **{f"customers/actions.add_site draft.{name}": field for name, field in (
        ("name", "site"), ("address", "address"), ("zone", "time zone"),
    )},
    **{f"tickets/actions.open_ticket draft.{name}": field for name, field in (
        ("title", "ticket's title"), ("words", "customer's words"), ("serial", "serial as stated"),
    )},
    "people/actions.add_staff draft.name": "person",
    "parts/actions.add_place name": "place",
    "tickets/actions.add_note text": NOTE,
}  # fmt: skip
TRIED = {*CASES, *TRIED_THERE, *ON_FORMS, *FOR_KEYS}


def handed_on(path: str) -> str:
    """To which path the text goes on, or empty."""
    return next((found.expand(to) for known, to in HANDED_ON.items() if (found := re.fullmatch(known, path))), "")


def is_not_typed(path: str) -> bool:
    return any(re.fullmatch(known, path) for known in NOT_TYPED)


def test_each_text_that_an_act_takes_is_tried_or_it_is_said_why_not() -> None:
    left = {each for each in texts_taken() - TRIED if handed_on(each) not in TRIED and not is_not_typed(each)}

    assert set() == left


def test_what_is_tried_and_what_is_excused_exists_and_nothing_is_both() -> None:
    taken = texts_taken()

    assert set() == {each for each in TRIED if each.split(" of ")[0] not in taken}
    assert set() == {each for each in TRIED if is_not_typed(each)}
    assert [] == [each for each in (*HANDED_ON, *NOT_TYPED) if not any(re.fullmatch(each, path) for path in taken)]
    assert {*FIELDS, NOTE} == set(TRIED_THERE.values())


@pytest.fixture(scope="module")
def typing_template(whole_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    path = tmp_path_factory.mktemp("typing") / "store.db"
    path.write_bytes(whole_template.read_bytes())
    store = ThreadStore(path, KEY, reader=False, zone="Europe/Lisbon")
    desk = TypingDesk(store)
    store.close()
    return path, {name: value for name, value in vars(desk).items() if name != "store"}


@pytest.fixture
def typing_desk(typing_template: tuple[Path, dict[str, Any]], tmp_path: Path) -> Iterator[TypingDesk]:
    path, known = typing_template
    (tmp_path / "store.db").write_bytes(path.read_bytes())
    desk = TypingDesk.__new__(TypingDesk)
    desk.__dict__ |= known
    desk.store = ThreadStore(tmp_path / "store.db", KEY, reader=False, zone="Europe/Lisbon")
    yield desk
    desk.store.close()


def reopened(desk: TypingDesk, path: Path) -> None:
    desk.store.close()
    desk.store = ThreadStore(path, KEY, reader=False, zone="Europe/Lisbon")


def rows(session: Any, case: Case, desk: TypingDesk, *, newest: bool) -> dict[Any, Any]:
    """What stands at the case's place, by row: of all rows, or of the newest alone."""
    asked = select(text("rowid"), case.column).select_from(case.column.class_).where(*case.where)
    asked = asked.order_by(text("rowid DESC"))
    found = session.execute(asked.limit(1) if newest else asked).all()
    return {key: inside(session, value, case, desk) for key, value in found}


def inside(session: Any, value: Any, case: Case, desk: TypingDesk) -> Any:
    if case.opened:
        return opened(session, value, desk)
    for step in case.path:
        known = step in value if isinstance(value, dict) else isinstance(value, list) and len(value) > int(step)
        value = value[step] if known else None
    return value


def opened(session: Any, body: dict[str, Any], desk: TypingDesk) -> str | None:
    sealed = locking.Locked(body["kid"], body["ct"], session.info["files"].read(body["sha256"]))
    return locking.unlock(sealed, desk.identity, place=(desk.ticket, body["sort"]))


def typed_one_after_the_other(
    work: Work, desk: TypingDesk, case: Case, texts: list[str]
) -> tuple[dict[Any, str], list[tuple[str, Any]], dict[str, UserError]]:
    """By row what was typed into it; what did not stand there at once; and what was refused."""
    made, lost, refused = {}, [], {}
    work.session.info.setdefault("files", work.files)
    for typed in texts:
        try:
            case.act(work, desk, typed)
        except UserError as problem:
            refused[typed] = problem
            continue
        work.session.flush()
        for key, kept in rows(work.session, case, desk, newest=True).items():
            made[key] = typed
            if kept != case.expected(typed):
                lost.append((typed, kept))
    return made, lost, refused


@pytest.mark.parametrize("name", CASES)
def test_a_text_is_kept_as_it_was_typed_or_refused_in_words(typing_desk: TypingDesk, name: str, tmp_path: Path) -> None:
    case, texts = CASES[name], random.Random(name).sample(STRINGS, min(sizes.TYPED, len(STRINGS)))
    texts = list(dict.fromkeys((*texts, *ALWAYS, "the last")))

    made, lost, refused = typing_desk.store.write(
        EVERYTHING, typed_one_after_the_other, (typing_desk, case, texts)
    ).result

    assert [] == lost
    for problem in refused.values():
        assert problem.field
        assert "{" not in speak(problem.message).replace("{", "", str(problem.message.values).count("{"))
    assert made
    assert name.endswith((".email", ".zone", ".initials")) or len(refused) < len(texts) // 3
    reopened(typing_desk, tmp_path / "store.db")
    kept = typing_desk.store.read(lambda session: rows(session, case, typing_desk, newest=False))
    assert {key: case.expected(typed) for key, typed in made.items()} == {key: kept[key] for key in made}
