from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from app.kernel.rights import Actor, How, Right, Role
from app.people.queries import staff_list
from app.workflows.settings import get_setting
from tests.ui import walking
from tests.ui.conftest import Dress
from tests.ui.real_desk import RealDesk, act, shown
from ui.settings.settings_page import SettingsPage
from ui.theme.look import look
from ui.theme.tokens import Theme


def page_of(desk: RealDesk) -> SettingsPage:
    page = SettingsPage(desk)
    shown(page, desk)
    return page


def test_language_and_look_change_at_once_and_are_kept(desk: RealDesk, dress: Dress) -> None:
    page = page_of(desk)
    page.look.language.choose("ar")
    page.look.theme.choose(Theme.DARK)

    page.look.choose()
    desk.settle()

    assert ("ar", Theme.DARK) == (look().language, look().theme)
    assert ("ar", "dark") == (desk.ask(get_setting, "shell.language"), desk.ask(get_setting, "shell.theme"))
    dress("light", "en")


def test_a_person_is_added_with_initials_from_the_name(desk: RealDesk) -> None:
    page = page_of(desk)
    form = page.people.form
    act(page, "A").run()
    QTest.keyClicks(form.name, "Tiago Moreira")
    form.roles[Role.TECHNICIAN].setChecked(True)

    form.submit()
    desk.settle()

    added: Any = next(each for each in desk.ask(staff_list) if each.name == "Tiago Moreira")
    assert ("TM", (Role.TECHNICIAN,)) == (added.initials, added.roles)
    assert form.isHidden()


def test_who_is_known_keeps_the_initials_when_the_name_is_corrected(desk: RealDesk) -> None:
    page = page_of(desk)
    form = page.people.form
    page.people._open(page.people.model.record(0))
    form.initials.setText("RI")

    QTest.keyClicks(form.name, " Santos")

    assert ("Rita Figueira Santos", "RI") == (form.name.text(), form.initials.text())


def test_a_person_without_name_or_role_is_refused_in_place(desk: RealDesk) -> None:
    page = page_of(desk)
    form = page.people.form
    form.ask(None)
    form.submit()
    desk.settle()
    said = form.fields["name"].problem
    form.name.setText("Ann")

    form.submit()
    desk.settle()

    assert "Write the name of the person." == said
    assert "Choose at least one role. One person may hold all of them." == form.problem.headline.text()


def test_the_last_manager_stays(desk: RealDesk) -> None:
    page = page_of(desk)
    page.people._open(page.people.model.record(0))

    page.people.form.retire()
    desk.settle()

    assert page.people.form.problem.headline.text().startswith("Somebody must stay manager.")


def test_who_left_can_come_back(desk: RealDesk) -> None:
    page = page_of(desk)
    form = page.people.form
    form.ask(None)
    form.name.setText("Tiago Moreira")
    form.roles[Role.TECHNICIAN].setChecked(True)
    form.submit()
    desk.settle()
    counted = []
    for _ in range(2):
        row = next(at for at in range(2) if page.people.model.record(at).name == "Tiago Moreira")
        page.people._open(page.people.model.record(row))
        form.retire()
        desk.settle()
        counted.append(len(desk.ask(staff_list)))

    assert [1, 2] == counted


def test_who_may_not_manage_people_sees_no_way_to(desk: RealDesk) -> None:
    desk.take_over(Actor("x", frozenset({Role.TECHNICIAN}), "dev", How.CHOSEN, frozenset({Right.LOG_TICKET})))
    page = page_of(desk)

    page.people._open(page.people.model.record(0))

    assert page.people.add.isHidden()
    assert page.people.form.isHidden()


def test_the_diagnosis_holds_no_customer(desk: RealDesk) -> None:
    page = page_of(desk)

    page.about_desk.copy_diagnosis()

    copied = QGuiApplication.clipboard().text()
    assert "Tickets: 2." in copied
    assert "Hotel" not in copied
    QGuiApplication.clipboard().clear()


def test_settings_are_named_and_plain(desk: RealDesk) -> None:
    page = page_of(desk)

    assert [] == walking.unnamed(page)
    assert [] == walking.marked_up(page)
    assert [] == walking.cut(page)


def test_the_settings_begin_where_the_key_of_an_act_works(desk: RealDesk) -> None:
    page = page_of(desk)

    assert page.start() is not None
    assert not isinstance(page.start(), QComboBox)
    assert "A" == page.people.add.face.keys
