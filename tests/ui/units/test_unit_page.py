import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.customers.actions import add_customer, add_site
from app.customers.queries import customer_facts, sites_of
from app.customers.rules import CustomerDraft, SiteDraft
from app.kernel.changes import Changes
from app.kernel.serials import SerialState, check_character
from app.repairs.queries import repairs_of_unit
from app.tickets.actions import open_ticket
from app.tickets.rules import TicketDraft, TicketKind
from app.units.actions import edit_unit
from app.units.queries import ComponentSeen, unit_by_serial, unit_of
from app.views.unit_page import _component, unit_rows
from tests.bench_pack import FD2, OLD_BOILER, VALVE
from tests.content.sample import catalog
from tests.repair_bench import Bench
from tests.stores import EVERYTHING
from tests.ui.opened import ENTER, Opened, act, words
from tests.ui.walking import cut, marked_up, unnamed
from ui.units.unit_page import UnitPage, _component_cells
from ui.units.units_page import UnitsPage
from ui.widgets.row_delegate import as_cell
from ui.widgets.texts import spoken

NEW = "FD2A260900113" + check_character("FD2A260900113")
SLIPPED = "FD2A261704028N"


def test_a_scanned_serial_opens_its_machine_with_warranty_and_components(opened: Opened) -> None:
    page = opened.page(UnitPage, "fd2a-2617-00428-n")

    shown = words(page)
    for text in ("FD2A-2617-00428-N", "In warranty until 11 Jun 2028: Averdell pays parts and labour, not travel.",
                 "Life of this machine", "Components with a serial"):  # fmt: skip
        assert text in shown


def test_the_number_of_a_component_opens_the_machine_it_is_in(opened: Opened) -> None:
    page = opened.page(UnitPage, OLD_BOILER)

    assert "FD2A-2617-00428-N" in words(page)


def test_a_slip_is_asked_and_one_press_leads_to_the_right_machine(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, SLIPPED)
    asked = words(page)

    page.missing.wanted.emit("FD2A-2617-00428-N")
    opened.settle()

    assert "Two digits may be swapped: FD2A-2617-00428-N?" in asked
    assert page.seen
    assert bench.unit == page.seen.id


@pytest.mark.parametrize(("typed", "misread"), [("FD2A-9999-00428-X", True), ("FD2A-9999-00428-D", False)])
def test_a_number_that_cannot_be_right_says_so_and_may_be_registered(opened: Opened, typed: str, misread: bool) -> None:
    page = opened.page(UnitPage, typed)

    shown = words(page)
    assert misread == ("Its last character does not fit the others" in shown)
    assert "Register this machine" in [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]


@pytest.mark.parametrize(("width", "below"), [(730, True), (1200, False)])
def test_in_a_narrow_window_acts_and_components_stand_below(opened: Opened, width: int, below: bool) -> None:
    page = opened.page(UnitPage, "FD2A-2617-00428-N")

    page.resize(width, 700)
    opened.settle()

    act_at, title_at = (each.mapTo(page, each.rect().topLeft()).y() for each in (page._repair, page._serial))
    assert below == (act_at > title_at + page._serial.height())
    assert page._repair.mapTo(page, page._repair.rect().topRight()).x() < width
    opened.qtbot.waitUntil(lambda: [] == cut(page))


def test_an_unknown_machine_is_registered_from_its_number(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, "FD1A260900113C")
    page.missing.register()
    page.missing.form.days["purchased_on"].put("2026-05-04")
    opened.save()

    found = bench.ask(unit_by_serial, "FD1A260900113C")
    assert ("FD1", "2026-05-04") == (found.model, found.purchased_on)
    assert "FD1A-2609-00113-C" in words(page)


def test_a_number_with_a_wrong_check_is_asked_twice(opened: Opened, bench: Bench) -> None:
    wrong = FD2[:-1] + "K"
    page = opened.page(UnitPage, wrong)
    page.missing.register()
    opened.save()
    asked = words(page)

    opened.types(wrong, enter=False)
    opened.save()

    assert "Type the number again, exactly as it stands on the plate." in asked
    assert "The number of this machine is not confirmed: its last character does not match the others." in words(page)


def test_a_new_repair_is_one_key_and_a_machine_in_repair_opens_it(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)
    act(page, "new_repair")
    page.open(bench.other)
    opened.settle()
    act(page, "new_repair")
    opened.settle()

    (made,) = bench.ask(repairs_of_unit, bench.other)
    assert [("repair", bench.repair), ("repair", made.id)] == opened.went
    assert made.ticket


def test_a_day_that_is_none_is_said_at_its_field(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)
    act(page, "edit")
    page.form.days["installed_on"].put("2026-02-31")
    page.form.submit()
    opened.settle()

    assert "There is no such day." in words(page)
    assert "" == bench.ask(unit_of, bench.unit).installed_on


def test_the_list_is_searched_by_digits_and_opened_by_enter(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitsPage)
    opened.types("429", enter=False)
    opened.qtbot.waitUntil(lambda: page._model.rowCount() == 1)

    opened.press(Qt.Key.Key_Return)

    assert [("unit", bench.other)] == opened.went
    assert "2 machines: 2 FD2" in words(page)


def test_a_search_that_finds_nothing_says_what_to_do(opened: Opened) -> None:
    page = opened.page(UnitsPage)

    opened.types("99999", enter=False)
    opened.qtbot.waitUntil(lambda: page._model.rowCount() == 0)

    assert "No machine is found" in words(page)


@pytest.mark.parametrize(
    ("theme", "language"), [("light", "en"), ("dark", "en"), ("light", "ar"), ("light", "zh-Hans")]
)
def test_nothing_is_cut_unnamed_or_read_as_markup(
    opened: Opened, bench: Bench, dress: Callable[[str, str], None], theme: str, language: str
) -> None:
    dress(theme, language)
    page = opened.page(UnitPage, bench.unit)
    shows: list[Callable[[], object]] = [lambda: None, page.edit, lambda: page.open(SLIPPED), page.missing.register]
    found = []

    for show in shows:
        show()
        opened.settle()
        found += [*cut(page), *unnamed(page), *marked_up(page)]

    assert [] == found


def test_owner_and_site_are_chosen_in_the_form_and_stay_when_it_is_saved_again(opened: Opened, bench: Bench) -> None:
    hotel = bench.store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel Foz Velha"),)).result
    bar = bench.store.write(EVERYTHING, add_site, (hotel, SiteDraft("Bar"))).result
    page = opened.page(UnitPage, bench.unit)
    act(page, "edit")
    opened.settle()
    page.form.owner.put(hotel, "Hotel Foz Velha")
    opened.settle()
    page.form.site.choose(bar)
    opened.save()
    first = bench.ask(unit_of, bench.unit)

    act(page, "edit")
    opened.settle()
    opened.save()

    again = bench.ask(unit_of, bench.unit)
    assert [(hotel, bar)] * 2 == [(each.owner, each.site) for each in (first, again)]
    assert "Hotel Foz Velha" in words(page)


def test_a_new_owner_is_added_with_the_machine(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)
    act(page, "edit")
    opened.settle()
    page.form.owner.search.setText("Padaria Nova")
    page.form.owner.start_new()

    page.form.submit()
    opened.settle()

    assert "Padaria Nova" in words(page)


def test_a_new_owner_without_a_name_is_asked_in_place(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)
    act(page, "edit")
    opened.settle()
    page.form.owner.start_new()

    page.form.submit()
    opened.settle()

    assert page.form.owner.new_fields.problem
    assert "" == bench.ask(unit_of, bench.unit).owner


def test_trouble_of_ours_at_a_registration_is_passed_on(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened.page(UnitPage, "FD1A260900113C")
    broken: list[object] = []
    page.broke.connect(broken.append)
    trouble = ValueError("ours")

    page.missing.form.show_trouble(trouble)

    assert [trouble] == broken


def test_a_registration_stays_up_when_something_changes_elsewhere(opened: Opened) -> None:
    page = opened.page(UnitPage, "FD1A260900113C")
    page.missing.register()
    page.missing.form.kind.choose("dealer")

    page.on_changed(Changes({"customer": ("1",)}))
    opened.settle()

    assert (True, "dealer") == (page.missing.form.isVisible(), page.missing.form.kind.value)


def test_sites_of_nobody_that_come_late_do_not_take_the_site_away(opened: Opened, bench: Bench) -> None:
    hotel = bench.store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel Foz Velha"),)).result
    bar = bench.store.write(EVERYTHING, add_site, (hotel, SiteDraft("Bar"))).result
    bench.store.write(EVERYTHING, edit_unit, (bench.unit,), {"owner": hotel, "site": bar})
    page = opened.page(UnitPage, bench.unit)
    page.form._sites_of = "somebody else's"
    opened.runner.hold(sites_of)
    act(page, "edit")
    opened.turn()

    opened.runner.let_go()
    opened.settle()

    assert (hotel, bar) == (page.form.owner.picked.id, page.form.site.value)


def test_the_owner_of_one_machine_is_not_put_into_the_form_of_another(opened: Opened, bench: Bench) -> None:
    hotel = bench.store.write(EVERYTHING, add_customer, (CustomerDraft("Hotel Foz Velha"),)).result
    bench.store.write(EVERYTHING, edit_unit, (bench.unit,), {"owner": hotel})
    page = opened.page(UnitPage, bench.unit)
    opened.runner.hold(customer_facts)
    act(page, "edit")
    opened.turn()
    page.open(bench.other)
    opened.turn()
    page.edit()
    opened.turn()

    opened.runner.let_go()
    opened.settle()

    assert "" == page.form.owner.picked.id


def test_a_chosen_variant_stays_when_the_keyboard_comes_by_the_number(opened: Opened) -> None:
    page = opened.page(UnitPage, NEW)
    page.missing.register()
    opened.settle()
    form = page.missing.form
    code = form.supply._options[-1][0]
    form.supply.choose(code)

    form.serial.editingFinished.emit()
    opened.settle()

    assert code
    assert code == form.supply.value


def test_enter_does_not_open_the_one_machine_of_an_older_search(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitsPage)
    opened.types("429", enter=False)
    opened.qtbot.waitUntil(lambda: page._model.rowCount() == 1)
    opened.runner.hold(unit_rows)
    page.search.setText("428")
    page._model.refresh()
    opened.turn()

    QTest.keyClick(page.search, Qt.Key.Key_Return)
    opened.runner.let_go()
    opened.settle()

    assert [("unit", "428")] == opened.went


def test_the_kind_of_customer_is_kept(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)
    act(page, "edit")
    opened.settle()
    page.form.kind.choose("dealer")

    opened.save()

    assert "dealer" == bench.ask(unit_of, bench.unit).customer_kind


def test_a_new_repair_offers_the_ticket_that_is_open(opened: Opened, bench: Bench) -> None:
    draft = TicketDraft(TicketKind.MAINTENANCE, "Boiler leaks at the relief valve", unit=bench.other)
    ticket = bench.store.write(EVERYTHING, open_ticket, (draft,)).result
    page = opened.page(UnitPage, bench.other)

    act(page, "new_repair")
    opened.settle()
    offered, begun = words(page), bench.ask(repairs_of_unit, bench.other)
    opened.press(ENTER)

    assert "Boiler leaks at the relief valve, open since" in offered
    assert () == begun
    assert [ticket] == [each.ticket for each in bench.ask(repairs_of_unit, bench.other)]
    assert "repair" == opened.went[-1][0]


def test_beside_an_open_ticket_a_repair_may_have_its_own(opened: Opened, bench: Bench) -> None:
    draft = TicketDraft(TicketKind.MAINTENANCE, "Loud pump", unit=bench.other)
    ticket = bench.store.write(EVERYTHING, open_ticket, (draft,)).result
    page = opened.page(UnitPage, bench.other)

    act(page, "new_repair")
    opened.settle()
    act(page, "new_repair")
    opened.settle()

    made = bench.ask(repairs_of_unit, bench.other)
    assert 1 == len(made)
    assert ticket != made[0].ticket


def test_the_keys_call_the_way_to_the_repair_as_its_button_does(opened: Opened, bench: Bench) -> None:
    page = opened.page(UnitPage, bench.unit)

    shown = next(each.shown for each in page.acts if each.name == "new_repair")

    assert "Open the repair" == spoken(shown) == page._repair.text()


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def test_a_component_of_a_recalled_lot_says_so() -> None:
    lots = {VALVE[:6]}
    row = _component("Relief valve", ComponentSeen("PR", VALVE, "", SerialState.CHECKED, 0), "UTC", frozenset(lots))
    fine = _component("Relief valve", ComponentSeen("PR", VALVE, "", SerialState.CHECKED, 0), "UTC", frozenset())

    assert ("PR-2612", "") == (row.recalled, fine.recalled)
    assert ["Recalled: lot PR-2612", "Fitted"] == [
        bare(as_cell(_component_cells(each)[3]).text) for each in (row, fine)
    ]


def test_the_sample_knows_its_recalled_lot() -> None:
    assert {"PR2612"} == catalog().spares.recalled_lots("PR")
