import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from app.kernel.errors import Trouble
from app.kernel.messages import say
from app.kernel.rights import Right
from app.repairs.queries import happenings_of
from app.signoff import queries
from app.signoff.rules import FormState, Outcome, Subject
from app.workflows import papers, printing, receipt, signing
from app.workflows.drafts import drafts
from app.workflows.form_subjects import where_to_sign
from app.workflows.repair import log_repair, receive_machine
from tests.signoff.conftest import Bench
from tests.signoff.test_signing import ANSWERS
from tests.ui.conftest import Dress
from tests.ui.real import StoreRunner
from tests.ui.walking import cut, marked_up, unnamed
from ui.signoff.form_page import FormPage
from ui.signoff.forms_page import FormsPage
from ui.signoff.receipt_page import ReceiptPage
from ui.signoff.rendering import Renderer
from ui.signoff.sign_page import SignPage
from ui.widgets.inputs import Choice
from ui.widgets.label import Icon, Label
from ui.widgets.page import Page
from ui.widgets.scroll import Scroll
from ui.work import Desk

Show = Callable[..., Any]


@pytest.fixture
def runner(bench: Bench) -> StoreRunner:
    return StoreRunner(bench.store)


@pytest.fixture
def desk(bench: Bench, runner: StoreRunner) -> Desk:
    return Desk(runner, bench.job.actor)


@pytest.fixture
def show(qtbot: QtBot, desk: Desk) -> Show:
    def shown(kind: type[Page], argument: object = None) -> Page:
        page = kind(desk)
        qtbot.addWidget(page)
        desk.changed.connect(page.on_changed)
        page.resize(1440, 900)
        page.show()
        page.open(argument)
        qtbot.waitUntil(lambda: not desk.busy)
        return page

    return shown


def draw(qtbot: QtBot, page: SignPage) -> None:
    """A signature with the mouse."""
    pad, left = page.pad, Qt.MouseButton.LeftButton
    QTest.mousePress(pad, left, pos=QPoint(60, 120))
    for step in range(40):
        QTest.mouseMove(pad, QPoint(60 + step * 8, 120 + (step % 7) * 12))
    QTest.mouseRelease(pad, left, pos=QPoint(390, 130))


def fill(page: SignPage) -> None:
    for control in page.matter._controls.values():
        if isinstance(control, Choice):
            control.choose("failed")


def box_cuts(choice: Choice) -> str:
    """The first option that the closed box cannot show whole."""
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    room = choice.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, choice
    )
    texts = [choice.itemText(at) for at in range(choice.count())]
    return next((each for each in texts if choice.fontMetrics().horizontalAdvance(each) > room.width() - 2), "")


def latest(bench: Bench) -> queries.FormFacts:
    found: queries.FormFacts = bench.read(lambda session: queries.sealed_forms(session)[0])
    return found


def test_the_technician_signs_and_the_pad_is_handed_over_empty(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, bench.job.repair)
    draw(qtbot, page)
    fill(page)

    QTest.keyClick(page.accept, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.busy and page.shown.sealed != "")

    assert "Tiago Moreira" == latest(bench).sealed.partner["signer"]["name"]
    assert (True, "Teresa Teixeira") == (page.pad.empty, page.name.text())
    assert "I have got the machine back, working, with the parts named here." == page.statement.text()


@pytest.mark.parametrize("enter", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enter_keys_sign(qtbot: QtBot, bench: Bench, show: Show, desk: Desk, enter: Qt.Key) -> None:
    page = show(SignPage, bench.job.repair)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    draw(qtbot, page)
    fill(page)

    QTest.keyClick(page.pad, enter, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: not desk.busy and page.shown.sealed != "")


def test_what_is_missing_is_shown_at_its_field_and_the_ink_stays(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, bench.job.repair)
    draw(qtbot, page)

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    assert page.matter._fields["exchange/0/reason"].problem
    assert page.reason_field.isVisible()
    assert not page.pad.empty


def test_the_keyboard_begins_at_what_is_still_to_be_written_and_not_at_close(
    qtbot: QtBot, bench: Bench, show: Show
) -> None:
    page = show(SignPage, bench.job.repair)

    qtbot.waitUntil(lambda: page.focusWidget() is page.matter.to_write["exchange/0/reason"])


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (800, 600)])
def test_nothing_that_is_signed_is_cut_in_a_small_window(
    qtbot: QtBot, bench: Bench, show: Show, width: int, height: int
) -> None:
    page = show(SignPage, bench.job.repair)

    page.resize(width, height)

    scrolls = page.findChildren(Scroll)
    qtbot.waitUntil(lambda: all(each.widget().width() <= each.width() for each in scrolls if each.isVisible()))
    qtbot.waitUntil(lambda: [] == cut(page))
    assert (width, height) == (page.width(), page.height())
    assert page.consent.y() >= page.pad.geometry().bottom()


def test_without_ink_nothing_is_signed(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    fill(page)

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    assert page.problem.isVisible()
    assert () == bench.read(queries.sealed_forms)


def test_the_customer_signs_and_the_file_carries_both(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    draw(qtbot, page)
    fill(page)
    went: list[tuple[str, object]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy and bool(latest(bench).files))
    draw(qtbot, page)
    page.sign()
    qtbot.waitUntil(lambda: not desk.busy and 2 == len(latest(bench).files), timeout=10_000)

    form = latest(bench)
    assert FormState.ACCEPTED == form.state
    assert form.acceptances[0].id == form.files[-1].acceptance
    assert [("form", form.sealed.id)] == went


@pytest.mark.parametrize(
    ("outcome", "way", "field", "words"),
    [(Outcome.ABSENT, "take_absent", "who", "Night porter"), (Outcome.REFUSED, "take_refusal", "why", "Still drips")],
)
def test_absent_and_refused_are_two_presses_away_and_ask_for_one_thing(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, outcome: Outcome, way: str, field: str, words: str
) -> None:
    sealed = bench.seal()
    page = show(SignPage, bench.job.repair)

    getattr(page.ways, way)()
    qtbot.waitUntil(lambda: not desk.busy)
    before = bench.form(sealed).acceptances
    getattr(page.ways, field).setText(words)
    getattr(page.ways, way)()
    qtbot.waitUntil(lambda: not desk.busy and len(bench.form(sealed).acceptances) == 1, timeout=10_000)

    assert () == before
    assert outcome == bench.form(sealed).acceptances[0].shared["outcome"]


def test_the_page_follows_the_language_of_the_customer(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)

    page._speak("ar")
    qtbot.waitUntil(lambda: not desk.busy)

    assert any("\u0600" <= sign <= "\u06ff" for sign in page.statement.text())


def test_the_customer_is_asked_in_the_language_of_the_form_and_the_technician_in_that_of_the_desk(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    page = show(SignPage, bench.job.repair)
    page._speak("ar")
    qtbot.waitUntil(lambda: not desk.busy)

    def asked() -> list[str]:
        side = page.ways
        fields = [page.name_field, page.role_field, page._which, side.who_field, side.why_field]
        labels = [each.control.accessibleName() for each in fields]
        buttons = [page.accept, side.paper, side.absent, side.refuse, side.kept, side.no]
        return labels + [each.text() for each in buttons]

    at_technician, way = asked(), page.name_field.layoutDirection()
    draw(qtbot, page)
    fill(page)
    page.sign()
    qtbot.waitUntil(lambda: not desk.busy and page.shown.sealed != "")
    at_customer = asked()
    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)

    arabic = re.compile("[\u0600-\u06ff]")
    assert [] == [each for each in at_technician if arabic.search(each)]
    assert [] == [each for each in at_customer if not arabic.search(each)]
    assert arabic.search(page.problem.accessibleName())
    assert (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft) == (way, page.name_field.layoutDirection())
    qtbot.waitUntil(lambda: [] == cut(page))


def test_a_signature_is_missing_no_more_once_it_is_there(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    fill(page)
    page.sign()
    qtbot.waitUntil(lambda: not desk.busy)
    before = page.problem.isVisible()

    page.write_name()

    assert (True, False) == (before, page.problem.isVisible())


def test_the_box_of_languages_shows_the_longest_name_whole(bench: Bench, show: Show) -> None:
    page = show(SignPage, bench.job.repair)

    assert "" == box_cuts(page.languages)


def test_the_form_page_shows_the_very_bytes_and_saving_makes_them_final(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, tmp_path: Path
) -> None:
    sealed = bench.seal()
    page = show(FormPage, sealed)
    qtbot.waitUntil(lambda: not desk.busy and page.view.page > 0, timeout=10_000)

    page.save_to(str(tmp_path / "copy.pdf"))
    qtbot.waitUntil(lambda: not desk.busy)

    latest_file = bench.form(sealed).file
    assert latest_file is not None
    assert bench.pdf(latest_file.sha256) == (tmp_path / "copy.pdf").read_bytes()
    assert bench.form(sealed).issued


def test_where_there_is_a_printing_system_it_gets_the_file_itself(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = bench.seal()
    bench.render(sealed)
    page = show(FormPage, sealed)
    got: list[bytes] = []
    monkeypatch.setattr(printing, "printing_system", lambda: "/usr/bin/lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, title, to: got.append(pdf))

    page.print_form()
    qtbot.waitUntil(lambda: not desk.busy)

    file = bench.form(sealed).file
    assert file is not None
    assert ([bench.pdf(file.sha256)], 1) == (got, bench.form(sealed).printed_copies)


def test_the_receipt_is_drawn_from_the_intake_and_kept_at_the_repair(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    note = "scratch <b>left</b>"
    bench.act(receive_machine, bench.job.repair, condition=("clean",), accessories=("mains_cable",), note=note)
    page = show(ReceiptPage, bench.job.repair)
    qtbot.waitUntil(lambda: not desk.busy and page.view.page > 0, timeout=10_000)

    kept = [each for each in bench.read(happenings_of, bench.job.repair) if each.kind == "paper"]

    assert [("intake_receipt", True)] == [(each.body["what"], page._file == each.body["sha256"]) for each in kept]
    assert bench.pdf(page._file).startswith(b"%PDF")


def test_what_an_earlier_process_left_is_drawn_at_the_start(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    sealed = bench.seal()
    desk.take_over(bench.job.actor)

    Renderer(desk, desk.troubled.emit, desk).resume()
    qtbot.waitUntil(lambda: not desk.busy and bool(bench.form(sealed).files), timeout=10_000)

    assert 1 == len(bench.form(sealed).files)


def test_a_correction_leads_to_its_own_draft(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    sealed = bench.seal()
    bench.render(sealed)
    page = show(FormPage, sealed)
    went: list[tuple[str, Any]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))

    page.reason.setText("wrong boiler number")
    page.correct()
    qtbot.waitUntil(lambda: not desk.busy)

    assert "sign" == went[0][0]
    assert show(SignPage, went[0][1]).shown.sealed == ""


def test_the_list_has_drafts_first_and_leads_on(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    sealed = bench.seal()
    bench.accept(sealed, ANSWERS[Outcome.PAPER])
    bench.draft()
    page = show(FormsPage)
    went: list[tuple[str, object]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))

    page.list.setFocus()
    for _ in range(2):
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        QTest.keyClick(page.list, Qt.Key.Key_Down)

    assert [("sign", Subject(bench.job.repair, bench.job.unit, "F-02")), ("form", sealed)] == went


def test_the_keyboard_begins_at_the_first_form(qtbot: QtBot, bench: Bench, show: Show) -> None:
    sealed = bench.seal()
    page = show(FormsPage)
    went: list[tuple[str, object]] = []
    page.went.connect(lambda place, argument: went.append((place, argument)))

    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)

    assert [("form", sealed)] == went


def test_a_dropped_paper_gets_a_plain_verdict(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, tmp_path: Path
) -> None:
    sealed = bench.seal()
    bench.render(sealed)
    file = bench.form(sealed).file
    assert file is not None
    pdf, page = bench.pdf(file.sha256), show(FormsPage)
    said = []
    for data in (pdf, pdf[:700] + bytes([pdf[700] ^ 1]) + pdf[701:]):
        (tmp_path / "paper.pdf").write_bytes(data)

        page.check(str(tmp_path / "paper.pdf"))
        qtbot.waitUntil(lambda: not desk.busy)
        said.append((page.checked.good, page.verdict.isVisible()))

    assert [(True, True), (False, True)] == said


@pytest.mark.parametrize("language", ["en", "ar", "zh-Hans"])
def test_everything_has_a_name_and_no_text_is_markup_or_cut(
    qtbot: QtBot, bench: Bench, show: Show, dress: Callable[[str, str], None], language: str
) -> None:
    dress("light", language)
    sealed = bench.seal()
    bench.render(sealed)

    for kind, argument in ((SignPage, bench.job.repair), (FormPage, sealed), (FormsPage, None)):
        page = show(kind, argument)
        qtbot.waitUntil(lambda page=page: not page.desk.busy and cut(page) == [])  # type: ignore[misc]
        assert ([], [], []) == (unnamed(page), marked_up(page), cut(page)), kind


@pytest.fixture
def other(bench: Bench) -> str:
    """A second repair, of the same machine."""
    made: str = bench.act(log_repair, bench.job.unit, title="Again")
    return made


def corrections(bench: Bench, count: int) -> list[str]:
    """Drafts that will replace a sealed form: they ask for the same things."""
    sealed = bench.seal()
    return [bench.act(signing.correct_form, sealed, reason=f"wrong number {n}") for n in range(count)]


def turn() -> None:
    for _ in range(5):
        QApplication.processEvents()


def test_control_enter_signs(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    draw(qtbot, page)
    fill(page)

    QTest.keyClick(page.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not desk.busy and page.shown.sealed != "")

    assert FormState.OPEN == latest(bench).state


def test_the_customer_of_one_repair_never_signs_the_form_of_another(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, runner: StoreRunner, other: str
) -> None:
    page = show(SignPage, bench.job.repair)
    draw(qtbot, page)
    fill(page)
    runner.hold(signing.seal_form)
    page.sign()
    page.open(other)
    turn()

    runner.let_go()
    qtbot.waitUntil(lambda: not desk.busy and bool(latest(bench).files), timeout=10_000)

    assert ("", bench.job.repair) == (page._sealed, latest(bench).sealed.shared["repair"]["id"])


def test_where_to_sign_one_repair_is_not_taken_for_another(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, runner: StoreRunner, other: str
) -> None:
    bench.seal()
    page = show(SignPage)
    runner.hold(where_to_sign)
    for each in (bench.job.repair, other):
        page.open(each)
    turn()

    runner.let_go()
    qtbot.waitUntil(lambda: not desk.busy)

    assert "" == page._sealed


def test_what_was_written_for_one_form_is_not_on_the_next(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    first, second = corrections(bench, 2)
    page = show(SignPage, ("draft", first))
    fill(page)
    written = page.matter.typed()

    page.open(("draft", second))
    qtbot.waitUntil(lambda: not desk.busy)

    assert written
    assert {} == page.matter.typed()


def test_the_pages_of_one_form_do_not_come_up_under_another(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, runner: StoreRunner
) -> None:
    (draft,) = corrections(bench, 1)
    first, second = latest(bench).sealed.id, bench.seal(draft)
    bench.render(first)
    page = show(FormPage)
    runner.hold(papers.page_pictures, papers.draw)
    for each in (first, second):
        page.open(each)
        turn()
    page.reason.setText("about the second")

    runner.let_go()
    runner.hold(papers.page_pictures)
    turn()

    assert 0 == page.view.page
    assert "about the second" == page.reason.text()
    runner.let_go()
    qtbot.waitUntil(lambda: not desk.busy)


def test_a_print_is_noted_at_the_form_that_was_printed(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, runner: StoreRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    (draft,) = corrections(bench, 1)
    first, second = latest(bench).sealed.id, bench.seal(draft)
    for each in (first, second):
        bench.render(each)
    page = show(FormPage, first)
    monkeypatch.setattr(printing, "printing_system", lambda: "/usr/bin/lp")
    monkeypatch.setattr(printing, "print_file", lambda pdf, title, to: None)
    runner.hold(printing.print_file)
    page.print_form()
    turn()
    page.open(second)
    turn()

    runner.let_go()
    qtbot.waitUntil(lambda: not desk.busy)

    assert (1, 0) == (bench.form(first).printed_copies, bench.form(second).printed_copies)


def test_what_was_wrong_with_one_form_is_not_said_of_the_next(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    (draft,) = corrections(bench, 1)
    first, second = latest(bench).sealed.id, bench.seal(draft)
    page = show(FormPage, first)
    page.reason.setText("wrong boiler number")

    page.open(second)
    qtbot.waitUntil(lambda: not desk.busy)

    assert "" == page.reason.text()


def test_a_receipt_is_kept_at_its_own_repair(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, runner: StoreRunner, other: str
) -> None:
    for each in (bench.job.repair, other):
        bench.act(receive_machine, each)
    page = show(ReceiptPage, bench.job.repair)
    (own,) = papers_of(bench, bench.job.repair)
    runner.hold(receipt.draw_receipt)
    for each in (bench.job.repair, other):
        page.open(each)
        turn()

    runner.let_go()
    qtbot.waitUntil(lambda: not desk.busy, timeout=10_000)

    assert [own] == papers_of(bench, bench.job.repair)
    assert [page._file] == papers_of(bench, other) != [own]


def papers_of(bench: Bench, repair: str) -> list[str]:
    return [each.body["sha256"] for each in bench.read(happenings_of, repair) if each.kind == "paper"]


def test_a_copy_that_cannot_be_written_is_trouble_and_no_good_news(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, tmp_path: Path
) -> None:
    sealed = bench.seal()
    bench.render(sealed)
    page = show(FormPage, sealed)
    broken: list[Any] = []
    page.broke.connect(broken.append)

    page.save_to(str(tmp_path / "no" / "such" / "copy.pdf"))
    qtbot.waitUntil(lambda: not desk.busy)

    assert [Trouble.DISK] == [each.kind for each in broken]
    assert not bench.form(sealed).issued


def test_what_blocks_the_signature_shuts_the_button(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    before = page.accept.isEnabled()

    page.show_page(replace(page.shown, blockers=(say("A safety step is outside its limits."),)))

    assert (True, False) == (before, page.accept.isEnabled())


def test_signing_on_paper_is_an_answer_of_its_own(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    sealed = bench.seal()
    page = show(SignPage, bench.job.repair)

    page.ways.take_paper()
    qtbot.waitUntil(lambda: not desk.busy and len(bench.form(sealed).acceptances) == 1, timeout=10_000)

    assert Outcome.PAPER == bench.form(sealed).acceptances[0].shared["outcome"]
    qtbot.waitUntil(lambda: not desk.busy)


def test_who_may_not_sign_draws_no_papers(qtbot: QtBot, bench: Bench, desk: Desk) -> None:
    sealed = bench.seal()
    desk.take_over(replace(bench.job.actor, rights=frozenset({Right.LOG_TICKET})))

    Renderer(desk, desk.troubled.emit, desk).render(sealed)

    assert not desk.busy


def test_looking_at_the_form_keeps_no_draft(bench: Bench, show: Show) -> None:
    page = show(SignPage, bench.job.repair)

    page.leave()

    assert () == bench.read(queries.open_drafts)


def test_what_was_written_waits_in_one_draft_and_stands_there_again(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk
) -> None:
    for words in ("seal leaks", "seal leaks much"):
        page = show(SignPage, bench.job.repair)
        page.matter.to_write["exchange/0/reason"].choose("failed")
        page.reason.setText(words)
        page.leave()
        qtbot.waitUntil(lambda: not desk.busy)

    again = show(SignPage, bench.job.repair)

    assert 1 == len(bench.read(queries.open_drafts))
    assert ("seal leaks much", "failed") == (again.reason.text(), again.matter.to_write["exchange/0/reason"].value)


def test_what_was_written_is_kept_before_the_page_is_left(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    page.matter.to_write["exchange/0/reason"].setCurrentIndex(1)
    page.matter.to_write["exchange/0/reason"].chosen.emit(page.matter.to_write["exchange/0/reason"].value)
    page.reason_field.show()
    QTest.keyClicks(page.reason, "seal leaks")

    qtbot.waitUntil(lambda: bool(bench.read(drafts)))  # a process that is killed now has lost nothing
    kept = bench.read(drafts)[0].body

    assert ("seal leaks", ["exchange/0/reason"]) == (kept["reason"], list(kept["typed"]))


def test_nothing_is_signed_that_changed_after_it_was_read(qtbot: QtBot, bench: Bench, show: Show, desk: Desk) -> None:
    page = show(SignPage, bench.job.repair)
    draw(qtbot, page)
    fill(page)
    page.shown = replace(page.shown, seen="what stood there before")

    page.sign()
    qtbot.waitUntil(lambda: not desk.busy and page.problem.isVisible())

    assert ((), ()) == (bench.read(queries.sealed_forms), bench.read(queries.open_drafts))
    assert not page.pad.empty


def test_what_it_costs_is_answered_and_the_warranty_says_why(bench: Bench, show: Show) -> None:
    page = show(SignPage, bench.job.repair)

    what = page.shown.what
    assert "We cannot say yet: the date of registration is missing." == what.pays
    assert "Cannot tell yet: the date of registration is missing." == what.pays_why


@pytest.mark.parametrize(("desk_speaks", "form_speaks"), [("en", "ar"), ("ar", "en")])
def test_a_form_is_read_the_way_of_its_own_language(
    qtbot: QtBot, bench: Bench, show: Show, desk: Desk, dress: Dress, desk_speaks: str, form_speaks: str
) -> None:
    dress("light", desk_speaks)
    page = show(SignPage, bench.job.repair)

    page._speak(form_speaks)
    qtbot.waitUntil(lambda: not desk.busy)

    rtl = form_speaks == "ar"
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    labels = [page.statement, page.consent, *page.matter.findChildren(Label)]
    assert all(each.alignment() & side for each in labels)
    arrows = [each for each in page.matter.findChildren(Icon) if each._name == "arrow-right"]
    assert {rtl} == {each._mirrored for each in arrows}
    assert rtl == (page.matter.layoutDirection() == Qt.LayoutDirection.RightToLeft)
