"""F-01 on the page of the two signatures: numbers and questions are written there, and the customer sees them."""

from pytestqt.qtbot import QtBot

from app.signoff.rules import Outcome, Subject
from tests.signoff.conftest import Bench
from tests.signoff.test_forms import INSTALLED
from tests.ui.signoff.test_pages import Show, desk, draw, latest, runner, show
from tests.ui.walking import cut, unnamed
from ui.signoff.sign_page import SignPage
from ui.widgets.inputs import Choice, TextField
from ui.widgets.label import Label
from ui.widgets.number import NumberField
from ui.work import Desk

__all__ = ["desk", "runner", "show"]


def shown(page: SignPage) -> str:
    return "\n".join(each.text() for each in page.matter.findChildren(Label) if each.isVisible())


def write(page: SignPage) -> None:
    for path, value in INSTALLED.items():
        control = page.matter.to_write[path]
        if isinstance(control, NumberField):
            control.put(value["value"])
        elif isinstance(control, Choice):
            control.choose("yes" if value["yes"] else "no")
        else:
            control.setText(value)


def test_an_installation_is_written_and_signed_and_its_customer_sees_what_was_written(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, Subject(unit=bench.job.unit, form="F-01"))
    kinds = {path: type(control) for path, control in page.matter.to_write.items()}
    write(page)
    draw(qtbot, page)

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    assert (NumberField, Choice, TextField) == (
        kinds["place/0/voltage"], kinds["place/0/plate"], kinds["people/0/trained"],
    )  # fmt: skip
    assert "F-01" == latest(bench).sealed.shared["form"]
    assert page.shown is not None and page.shown.sealed
    for words in ("231 V", "Teresa and Rui", "As instruções e os números de crise ficam com a máquina", "Não"):
        assert words in shown(page)


def test_what_was_typed_for_an_installation_waits_there_and_not_in_the_repairs_form(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    about = Subject(unit=bench.job.unit, form="F-01")
    page = show(SignPage, about)
    write(page)
    page.leave()
    qtbot.waitUntil(lambda: not desk.busy)

    again, other = show(SignPage, about), show(SignPage, bench.job.repair)

    assert INSTALLED == {path: value for path, value in again.matter.typed().items() if path in INSTALLED}
    assert {} == other.matter.typed()


def test_another_form_of_the_repair_is_chosen_on_the_page(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    first = page.shown.form

    page.forms.chosen.emit("F-03")
    qtbot.waitUntil(lambda: not desk.busy and page.shown is not None)

    assert ("F-02", "F-03") == (first, page.shown.form)
    assert page._which.isVisible() and "release/0/decision" in page.matter.to_write


def test_a_value_out_of_its_limits_asks_for_its_reason_at_the_field(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, Subject(unit=bench.job.unit, form="F-01"))
    write(page)
    page.matter.to_write["place/0/hardness"].put(20)
    draw(qtbot, page)

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    assert "outside the limits" in page.matter._fields["place/0/hardness"].problem
    assert page.reason_field.isVisible() and not page.shown.sealed
    assert [] == unnamed(page)
    assert [] == cut(page)


def test_what_the_customer_of_an_installation_answers_is_kept_with_it(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, Subject(unit=bench.job.unit, form="F-01"))
    write(page)
    draw(qtbot, page)
    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)
    page.name.setText("Teresa Teixeira")
    draw(qtbot, page)

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    assert [Outcome.SIGNED] == [each.shared["outcome"] for each in latest(bench).acceptances]
