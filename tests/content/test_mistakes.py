"""An author reads file, line, and what to write instead, many at a time."""

import pytest

from app.content.loading import read_items
from app.content.mistakes import MOST_MISTAKES, BrokenPack, Findings
from app.content.packs import read_files
from app.kernel.errors import Trouble
from tests.content.sample import FOLDER, mistakes_of, small_files, told, yaml


@pytest.fixture(name="files", scope="module")
def _files() -> dict[str, bytes]:
    return read_files(FOLDER, findings=Findings())


def changed(files: dict[str, bytes], name: str, old: str, new: str) -> tuple[list[str], int]:
    """The mistakes after one change in one file, and the line of the change."""
    text = files[name].decode()
    assert old in text
    line = text[: text.index(old)].count("\n") + 1
    kept = {each: data for each, data in files.items() if each == name or not each.startswith("texts/")}
    broken = mistakes_of({**kept, name: text.replace(old, new, 1).encode()})
    return [told(each) for each in broken], line


C = "parts/C-boilers-and-heating.yaml"
SOP = "procedures/SOP-05.yaml"
PT = "markets/PT-warranty.yaml"
CALENDAR = "markets/CN-calendar.yaml"
ARABIC = "texts/ar/SOP-05.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "cure"),
    [
        (C, "AV-C-1101-4", "AV-C-1101-5", "Write AV-C-1101-4."),
        (C, "assembly: C", "assembly: Q", "There is no assembly Q"),
        (C, "component_type: BL", "component_type: ZZ", "There is no component_type ZZ"),
        (C, "stock_class: should", "stock_class: some", "Write one of: must, should, order."),
        (C, "quantity: 1", "quantity: 0", "Write a whole number from 1 to 100."),
        (C, "quantity: 1", 'quantity: "1"', "Write a whole number from 1 to 100."),
        (C, "quantity: 1", "quantity: 1.0", "Write a whole number from 1 to 100."),
        (C, "quantity: 1", "qantity: 1", "Did you mean: quantity?"),
        (C, "safety_relevant: true", "safety_relevant: yes", "Write true or false."),
        (C, "procedure: SOP-05", "procedure: SOP-99", "There is no procedure SOP-99"),
        (C, "{model: FD1}", "{model: FD7}", "There is no model FD7"),
        (C, 'hs_code: "8419.90"', "hs_code: 84199", 'Write something like "8481.40".'),
        (C, "{EUR: 98000", "{EUR: 980.00", "Write a whole number"),
        (C, "{EUR: 98000", "{euro: 98000", "Write something like EUR."),
        (C, "recalled_lots: [PR2612]", "recalled_lots: [2612]", "Write something like PR2612."),
        (C, "code: AV-C-1101-4", "code: boiler", "Write AV-C-1204-"),
        (C, "prices: {EUR: 98000, USD: 107800", "prices: 980 #", "Write one price for each list in minor units"),
        (C, "{model: FD1}", '{model: FD1, from: "2601", to: "2552"}', '"from" is later than "to".'),
        (C, "form: F-02\n", "shelf_life_days: 1\n", "A part with a serial needs a sign-off form."),
        (C, "status: recalled", "status: active", '"status: recalled" and "recalled_lots" belong together.'),
        (C, "wear: true", "status: superseded", '"status: superseded" and "superseded_by" belong together.'),
        (C, 'name: "Boiler, 11 l, copper"', 'name: ""', "Write a text here."),
        (C, 'name: "Boiler, 11 l, copper"', 'name: " Boiler"', "without spaces around it."),
        (C, 'name: "Boiler, 11 l, copper"', f"name: {'x' * 81}", "longer than 80 characters."),
        (C, "fits: [{model: FD1}, {model: FD2}]", "fits: FD1", "Write a list here"),
        (C, "fits: [{model: FD1}, {model: FD2}]", "fits: []", "Write between 1 and 12 lines here."),
        (C, "fits: [{model: FD1}, {model: FD2}]", "fits: [FD1]", "Write these keys here: model."),
        (C, "checked_on: 2026-11-02", "checked_on: 2 November", "Write a day of the calendar"),
        (SOP, "maximum: 40", "maximum: warm", "Write a number with a point"),
        (SOP, "unit: V", "expected: true", 'needs "unit"'),
        (SOP, "minimum: 0\n        maximum: 1\n", "second_person: false\n", "A number needs a limit."),
        (SOP, "on_fail: stop\n", "safety: true\n", "Say what follows a wrong answer."),
        (SOP, "kind: do\n", "kind: do\n        on_fail: stop\n", '"on_fail" and "fail_text" belong together.'),
        (SOP, "kind: do\n", "kind: do\n        unit: V\n", '"unit" belongs to steps of kind number only.'),
        (PT, "review_due: 2027-05-02", "review_due: 2027-05-02\nvalid_to: 2021-01-01", '"valid_to" is earlier'),
        ("markets/PT-calendar.yaml", "first: 2026-08-10", "first: 2026-09-10", '"first" is later than "last".'),
        (ARABIC, "texts:\n", "texts: none\nmore:\n", "Write these keys here: kind/CODE."),
        (ARABIC, 'to: "تبديل', 'to: " تبديل', "without spaces around it."),
        (SOP, "minimum: 0\n", "minimum: 5\n", '"minimum" is larger than "maximum"'),
        (SOP, "decimals: 1", "decimals: 0", "A limit has more digits"),
        (SOP, "kind: photo", "kind: video", "Write one of: do, yes_no"),
        (SOP, "phase: exchange", "phase: exchnge", "Write one of: safe, exchange, test."),
        (SOP, "code: drain\n", "code: cool\n", "stands in this list twice"),
        (SOP, "form_field: earth", "form_field: earht", "The form has no field earht."),
        (SOP, "direction: out", "expected: true", 'needs "direction"'),
        (SOP, 'text: "Switch', 'text: "{name} Switch', "Braces may hold only these names here: -."),
        (PT, "owed_by: seller", "owed_by: nobody", 'A legal term and "owed_by" belong together.'),
        (PT, "market: PT", "market: XX", "There is no market XX"),
        (PT, "wear_part_months: 6", "wear_part_months: 60", "Wear parts cannot be covered longer"),
        (PT, "code: limescale", "code: gremlins", "There is no cause gremlins"),
        (PT, "code: WP-PT-BUSINESS", "code: WP-PT-CONSUMER", "stands in this pack twice"),
        (PT, "customer_kinds: [business, dealer]", "customer_kinds: [consumer]", "holds for the same customers"),
        (CALENDAR, "2026-02-17", "2026-02-30", "Write a day of the calendar"),
        (CALENDAR, '"13:00-18:00"', '"11:00-18:00"', "Opening times overlap."),
        (CALENDAR, "review_due: 2027-09-01", "review_due: 2020-01-01", '"review_due" must be later'),
        ("tables/codes.yaml", "after: [leaks_steam", "after: [leaks_steem", "There is no code leaks_steem"),
        ("tables/rights.yaml", "manage_staff", "rule_world", "Write one of: manage_staff"),
        ("tables/warranty-sentences.yaml", "{until}", "{untill}", "Braces may hold only these names"),
        ("tables/warranty-sentences.yaml", "covered_travel", "covered_trip", '"covered_travel" is missing.'),
        ("parts/kits.yaml", "AV-C-1207-L", "AV-C-1201-X", "There is no part AV-C-1201-X"),
        ("markets/markets.yaml", "calendar: BR", "calendar: ZZ", "There is no calendar ZZ"),
        ("models.yaml", "kind: model", "kind: modle", "Write one of: manufacturer, model"),
        (ARABIC, "steps/isolate/text", "steps/isolat/text", "Write for example steps/isolate/text."),
        (ARABIC, "procedure/SOP-05", "procedure/SOP-50", "Write for example procedure/SOP-0"),
        (ARABIC, "language: ar", "language: en", "English stands in the items themselves."),
        (ARABIC, "language: ar", "language: Arabic", "Write something like pt-BR."),
        (ARABIC, "to: ", "too: ", 'Write two keys here: "from" with the English'),
    ],
)  # fmt: skip
def test_mistake_names_its_line_and_the_cure(files: dict[str, bytes], name: str, old: str, new: str, cure: str) -> None:
    told_lines, line = changed(files, name, old, new)

    fitting = [each for each in told_lines if cure in each]
    assert fitting, told_lines
    at = int(fitting[0].split(":")[1])
    assert (name, True) == (fitting[0].split(":")[0], line - 35 <= at <= line + new.count("\n") - old.count("\n"))


def test_exact_line_of_a_wrong_value_is_named() -> None:
    files = small_files() | {"assemblies.yaml": yaml("assembly", "- code: C\n  name: Boilers\n- code: CC\n  name: X\n")}

    assert ["assemblies.yaml:11: This is not right here. Write something like C."] == [
        told(each) for each in mistakes_of(files)
    ]


def test_missing_keys_are_each_named() -> None:
    found = mistakes_of({"a.yaml": b"kind: part\nversion: 1\n"})

    assert [
        f'a.yaml:1: "{key}" is missing. Add a line  {key}: ...'
        for key in ("valid_from", "source", "checked_on", "checked_by", "review_due", "items")
    ] == [told(each) for each in found]


def test_file_without_items_is_named() -> None:
    found = mistakes_of({"a.yaml": yaml("part", "").replace(b"items:", b"items: none")})

    assert ["a.yaml:8: Write the items as a list: one for each, starting with a dash."] == [told(e) for e in found]


def test_mistakes_of_all_files_come_together(files: dict[str, bytes]) -> None:
    broken = {
        **files,
        C: files[C].replace(b"quantity: 1", b"quantity: x"),
        PT: files[PT].replace(b"months: 36", b"months: -1"),
    }

    found = mistakes_of(broken)

    assert {C, PT} == {each.file for each in found}
    assert sorted(found, key=lambda each: (each.file, each.line)) == list(found)


def test_hopeless_file_gives_a_page_of_mistakes_not_a_book() -> None:
    rows = "".join(f"- {{code: {number}}}\n" for number in range(3000))

    assert MOST_MISTAKES == len(mistakes_of({"a.yaml": yaml("assembly", rows)}))


def test_broken_pack_is_an_error_of_the_world() -> None:
    with pytest.raises(BrokenPack) as caught:
        read_items({"a.yaml": b""})

    assert (Trouble.BROKEN_PACK, 1) == (caught.value.kind, caught.value.message.count)


def test_circle_of_successors_is_named_at_each_part(files: dict[str, bytes]) -> None:
    name = "parts/D-brew-groups.yaml"
    text = files[name].decode()
    last = text.index("code: AV-D-2004-W")
    closed = text[:last] + text[last:].replace(
        "wear: true", "status: superseded\n    superseded_by: [{number: AV-D-2001-1}]\n    wear: true", 1
    )

    found = mistakes_of({**files, name: closed.encode()})

    assert 4 == len(found)
    assert {"The chain of successors comes back to this part. Break the loop."} == {e.message.msgid for e in found}


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        (b"kind: yes_no}", b"kind: yes_no, unit: V}", '"{key}" belongs to fields of kind {kind} only. Remove it.'),
        (b"unit: V, decimals: 0, ", b"decimals: 0, ", 'A number needs "unit" and "decimals". Add them.'),
        (b"minimum: 100, maximum: 253", b"minimum: 300, maximum: 253",
         '"minimum" is larger than "maximum". Exchange them.'),
    ],
)  # fmt: skip
def test_limits_of_a_field_that_is_typed_are_read_as_those_of_a_step(
    files: dict[str, bytes], was: bytes, now: bytes, words: str
) -> None:
    name = "forms/F-01.yaml"

    found = mistakes_of({**files, name: files[name].replace(was, now, 1)})

    assert [(name, words)] == [(each.file, each.message.msgid) for each in found]
