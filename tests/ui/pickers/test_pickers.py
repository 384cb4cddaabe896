from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.kernel.rights import Role
from app.people.queries import StaffRow
from tests.ui.real_desk import RealDesk
from ui.pickers.customer import CustomerPicker
from ui.pickers.days import DayChoice, PastDay, days_from
from ui.pickers.person import fitting

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
