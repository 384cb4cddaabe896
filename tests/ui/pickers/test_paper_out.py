"""Which printer a paper goes to: as this computer's settings say, and what happens when it is gone."""

from collections.abc import Callable
from typing import Any

import pytest

from app.kernel.errors import Trouble, UserError
from app.workflows import papers, printing
from app.workflows.printing import PrinterChoice, PrinterWay, choose_printer, printer_is_gone
from tests.ui.real_desk import RealDesk, shown
from ui.pickers import paper_out
from ui.pickers.paper_out import PaperOut
from ui.settings.settings_page import SettingsPage
from ui.widgets.texts import spoken

BENCH = PrinterChoice(PrinterWay.NAMED, "Bench", "A4")


class Dialog:
    """The system's dialog: answers with a printer of this name, or is left; knows why it was asked."""

    def __init__(self, name: str = "", file: str = "") -> None:
        self.name, self.file = name, file
        self.asked: list[str] = []

    def __call__(self, _parent: object, *, why: Any = "") -> Any:
        self.asked.append(spoken(why))
        return self if self.name or self.file else None

    def printerName(self) -> str:
        return self.name

    def outputFileName(self) -> str:
        return self.file


Print = Callable[..., tuple[list[str], list[PrinterChoice], list[BaseException]]]


@pytest.fixture
def printed(desk: RealDesk, monkeypatch: pytest.MonkeyPatch) -> Print:
    """Prints one paper: which way it went, to which printers, and what was said."""

    def run(choice: PrinterChoice, dialog: Dialog, *, system: bool = True, gone: tuple[str, ...] = ()) -> Any:
        ways: list[str] = []
        sent: list[PrinterChoice] = []
        troubles: list[BaseException] = []

        def takes(_pdf: bytes, *, title: str, to: PrinterChoice) -> None:
            if to.name in gone:
                raise printer_is_gone(to.name)
            sent.append(to)

        monkeypatch.setattr(printing, "printing_system", lambda: "lp" if system else "")
        monkeypatch.setattr(printing, "print_file", takes)
        monkeypatch.setattr(paper_out, "choose_printer", dialog)
        monkeypatch.setattr(papers, "page_pictures", lambda pdf, dpi: ())
        monkeypatch.setattr(paper_out, "print_pages", lambda printer, pages, paper: ways.append(paper))
        desk.make(choose_printer, choice)
        page = SettingsPage(desk)
        shown(page, desk)
        page.broke.connect(troubles.append)
        PaperOut(page).print_bytes(ways.append, "F-02", b"%PDF")
        desk.settle()
        return ways, sent, troubles

    return run


def test_a_paper_goes_to_the_printer_that_was_chosen(printed: Print) -> None:
    assert (["file"], [BENCH], []) == printed(BENCH, Dialog())


def test_as_the_system_has_it_nobody_is_asked(printed: Print) -> None:
    dialog = Dialog("Office")

    assert (["file"], [PrinterChoice()], []) == printed(PrinterChoice(), dialog)
    assert [] == dialog.asked


def test_ask_each_time_asks_and_the_file_goes_to_the_answer(printed: Print) -> None:
    dialog = Dialog("Office")

    ways, sent, troubles = printed(PrinterChoice(PrinterWay.ASK), dialog)

    assert (["file"], [PrinterChoice(PrinterWay.NAMED, "Office")], []) == (ways, sent, troubles)
    assert ["Print: choose the printer"] == dialog.asked


def test_a_dialog_that_is_left_prints_nothing_and_says_nothing(printed: Print) -> None:
    assert ([], [], []) == printed(PrinterChoice(PrinterWay.ASK), Dialog())


def test_a_file_as_printer_gets_the_pages(printed: Print) -> None:
    ways, sent, _ = printed(PrinterChoice(PrinterWay.ASK, paper="A4"), Dialog("Office", "/somewhere.pdf"))

    assert (["A4", "pages"], []) == (ways, sent)


def test_a_printer_that_is_gone_is_named_and_another_one_asked_for(printed: Print) -> None:
    dialog = Dialog("Office")

    ways, sent, troubles = printed(BENCH, dialog, gone=("Bench",))

    assert (["file"], [PrinterChoice(PrinterWay.NAMED, "Office", "A4")], []) == (ways, sent, troubles)
    assert ["The printer Bench is not on this computer any more. Choose another one."] == dialog.asked


def test_left_without_a_choice_the_page_says_that_the_printer_is_gone(printed: Print) -> None:
    ways, sent, troubles = printed(BENCH, Dialog(), gone=("Bench",))

    assert ([], []) == (ways, sent)
    assert [Trouble.MISSING] == [each.kind for each in troubles if isinstance(each, UserError)]


def test_where_pages_are_drawn_a_printer_that_is_gone_is_told_alike(printed: Print) -> None:
    dialog = Dialog()

    _, _, troubles = printed(BENCH, dialog, system=False)

    assert ["The printer Bench is not on this computer any more. Choose another one."] == dialog.asked
    assert 1 == len(troubles)


def test_where_pages_are_drawn_and_none_is_named_the_system_asks(printed: Print) -> None:
    assert (["", "pages"], [], []) == printed(PrinterChoice(), Dialog("Office"), system=False)
