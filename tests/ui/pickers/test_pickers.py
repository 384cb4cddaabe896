from collections.abc import Callable, Sequence
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.customers.actions import add_customer
from app.customers.queries import find_customers
from app.customers.rules import CustomerDraft
from app.kernel.rights import Role
from app.people.queries import StaffRow
from app.repairs.rules.serials import Concern, Slot
from app.views.repair_choices import PartChoice
from tests.stores import EVERYTHING
from tests.ui.conftest import Dress
from tests.ui.opened import Opened
from tests.ui.real_desk import RealDesk
from ui.pickers.customer import CustomerPicker
from ui.pickers.days import DayChoice, PastDay, days_from
from ui.pickers.part import PartPicker
from ui.pickers.person import fitting
from ui.pickers.serial import SerialPicker

PEOPLE = tuple(
    StaffRow(f"{n}", name, initials, "en", (Role.AGENT,), True)
    for n, (name, initials) in enumerate([("Rita Figueira", "RF"), ("Rui Faria", "RF2"), ("Tiago Moreira", "TM")])
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("tm", ["Tiago Moreira"]),
        ("2", ["Rui Faria"]),
        ("9", []),
        ("fig", ["Rita Figueira"]),
        ("r", ["Rita Figueira", "Rui Faria"]),
    ],
)
def test_a_person_is_meant_by_initials_name_or_number(typed: str, names: list[str]) -> None:
    assert names == [each.name for each in fitting(PEOPLE, typed)]


def test_days_go_by_day_then_by_week() -> None:
    days = days_from(date(2026, 11, 21))

    assert (date(2026, 11, 22), date(2026, 12, 5), date(2026, 12, 12)) == (days[0], days[13], days[14])


def test_nobody_to_be_asked_is_an_empty_day(desk: RealDesk) -> None:
    choice = DayChoice(none="Nobody")
    desk.bot.addWidget(choice)

    choice.choose("")

    assert "" == choice.value


def test_a_telephone_number_that_was_typed_becomes_the_new_customers(desk: RealDesk) -> None:
    picker = CustomerPicker(desk)
    desk.bot.addWidget(picker)
    picker.search.setText("+351 91 000")

    picker.start_new()

    assert ("", "+351 91 000") == (picker.new_name.text(), picker.new_phone.text())


def test_going_back_from_a_new_customer_leaves_nobody(desk: RealDesk) -> None:
    picker = CustomerPicker(desk)
    desk.bot.addWidget(picker)
    picker.search.setText("Novo")
    picker.start_new()

    picker.clear()

    assert ("", None) == (picker.picked.id, picker.picked.new)
    desk.settle()


@pytest.mark.parametrize("day", ["", "2026-06-11", "1987-12-31"])
def test_a_day_that_has_been_is_put_and_read_back(qtbot: QtBot, day: str) -> None:
    picker = PastDay()
    qtbot.addWidget(picker)

    picker.put(day)

    assert day == picker.value


def test_a_day_chosen_in_part_is_left_to_the_rules(qtbot: QtBot) -> None:
    picker = PastDay()
    qtbot.addWidget(picker)

    picker.month.choose("06")

    assert "-06-" == picker.value


@pytest.mark.parametrize(("language", "order"), [("en", "day month year"), ("zh-Hans", "year month day")])
def test_a_day_is_chosen_in_the_order_of_the_language(qtbot: QtBot, dress: Dress, language: str, order: str) -> None:
    picker = PastDay()
    qtbot.addWidget(picker)
    picker.show()

    dress("light", language)
    qtbot.waitUntil(lambda: _by_place(picker) == order.split())

    boxes = [getattr(picker, name) for name in order.split()]
    assert boxes[0] is picker.focusProxy()
    assert boxes[1:] == [_after(box) for box in boxes[:2]]


def _by_place(picker: PastDay) -> list[str]:
    return sorted(("day", "month", "year"), key=lambda name: getattr(picker, name).x())


def _after(box: QWidget) -> QWidget | None:
    found = box.nextInFocusChain()
    while found is not None and found.focusPolicy() == Qt.FocusPolicy.NoFocus:
        found = found.nextInFocusChain()
    return found


@pytest.fixture
def hotels(opened: Opened) -> CustomerPicker:
    """A picker over two hotels, which has found both."""
    for name in ("Hotel Alfa", "Hotel Beta"):
        opened.bench.store.write(EVERYTHING, add_customer, (CustomerDraft(name),))
    picker = CustomerPicker(opened.desk)
    opened.qtbot.addWidget(picker)
    picker.show()
    picker.search.setText("Hotel")
    opened.qtbot.waitUntil(lambda: picker.model.rowCount() == 2)
    return picker


@pytest.mark.parametrize("name", ["Hotel Alfa", "Hotel Beta"])
def test_enter_takes_the_customer_of_the_whole_word_and_not_of_its_beginning(
    opened: Opened, hotels: CustomerPicker, name: str
) -> None:
    hotels.search.setText(name)
    QTest.keyClick(hotels.search, Qt.Key.Key_Return)
    opened.settle()

    assert name == hotels.name_label.text()


def test_enter_that_is_quicker_than_the_search_makes_no_second_hotel(opened: Opened, hotels: CustomerPicker) -> None:
    hotels.search.clear()
    opened.runner.hold(find_customers)
    hotels.search.setText("Beta")
    QTest.keyClick(hotels.search, Qt.Key.Key_Return)
    before = hotels.picked

    opened.runner.let_go()
    opened.settle()

    assert ("", None) == (before.id, before.new)
    assert "Hotel Beta" == hotels.name_label.text()


def test_enter_on_a_name_that_nobody_has_begins_a_new_customer(opened: Opened, hotels: CustomerPicker) -> None:
    hotels.search.setText("Padaria")
    QTest.keyClick(hotels.search, Qt.Key.Key_Return)
    opened.settle()

    assert "Padaria" == hotels.new_name.text()


def part(number: str) -> PartChoice:
    return PartChoice(number, number, True, False, "", "", False, "", "", {}, ())


def test_enter_takes_the_part_of_the_whole_word_and_not_of_its_beginning(qtbot: QtBot) -> None:
    asked: list[tuple[str, Callable[[Sequence[PartChoice]], None]]] = []
    picker = PartPicker(lambda text, deliver: asked.append((text, deliver)))
    qtbot.addWidget(picker)
    picker.show()
    picker.start()
    asked[-1][1]([part("BOILER"), part("SEAL")])

    picker.text.setText("sea")
    picker.look()
    QTest.keyClick(picker.text, Qt.Key.Key_Return)
    early = picker.choice
    asked[-1][1]([part("SEAL")])

    assert early is None
    assert picker.choice
    assert "SEAL" == picker.choice.number


def test_a_check_of_one_number_says_nothing_of_the_next(qtbot: QtBot) -> None:
    asked: list[Callable[[Sequence[Concern]], None]] = []
    passed: list[bool] = []
    picker = SerialPicker(Slot.NEW, lambda slot, typed, deliver: asked.append(deliver))
    for each in (picker, picker.why):
        qtbot.addWidget(each)
    picker.show()
    picker.passed.connect(lambda: passed.append(True))
    QTest.keyClicks(picker.text, "BL26340211")
    QTest.keyClick(picker.text, Qt.Key.Key_Return)
    QTest.keyClicks(picker.text, "9")

    asked[0]([])

    assert ([], False) == (passed, picker.state.isVisible())
