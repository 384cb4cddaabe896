"""Which printer papers go to, on which size of paper, and a page to try it."""

from functools import partial

from app.kernel.messages import say
from app.language.translate import current
from app.workflows.plain_papers import market_paper, trial_page
from app.workflows.printing import PAPERS, PrinterChoice, PrinterWay, choose_printer, printer_choice, printers
from ui.pickers.paper_out import PaperOut
from ui.pickers.paper_printer import known_printers
from ui.settings.card import SettingsCard, setting
from ui.theme.look import px
from ui.theme.tones import Tone
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.inputs import Choice
from ui.widgets.layouts import form_row
from ui.widgets.page import Page
from ui.widgets.problem import Problem
from ui.widgets.texts import Words, spoken
from ui.work import Done

_SYSTEM, _ASK = (PrinterWay.SYSTEM, ""), (PrinterWay.ASK, "")


class PrinterCard(SettingsCard):
    """Kept for this computer. A printer that is gone is named, and another one can be chosen."""

    def __init__(self, page: Page) -> None:
        self._page, self._out = page, PaperOut(page)
        self._choice, self._market = PrinterChoice(), "A4"
        self._known: tuple[str, ...] = ()
        self.printer, self.paper = Choice(), Choice()
        self.printer.setMinimumWidth(px(260))
        self.trial = Button(say("Print a test page"), icon="printer", act=self.print_trial)
        self.gone = Problem()
        self.printer.chosen.connect(lambda _: self.choose())
        self.paper.chosen.connect(lambda _: self.choose())
        self.field = Field(say("Printer for papers"), self.printer, name="printer")
        note = say("Forms keep their own size; they are made to fit.")
        fields = form_row(self.field, Field(say("Size of the paper"), self.paper, note=note))
        rows = {
            "printer.which": setting(say("Where papers go"), say("This computer remembers it; others have their own."),
                                     below=(self.gone, fields)),
            "printer.trial": setting(say("Test page"), say("Shows whether the printer prints, and on which paper."),
                                     self.trial),
        }  # fmt: skip
        starts = {"printer.which": self.printer, "printer.paper": self.paper, "printer.trial": self.trial}
        super().__init__(say("Printer"), rows, starts)
        self.put()

    def reread(self) -> None:
        """Reads what was chosen, and asks the system which printers there are."""
        desk, trouble = self._page.desk, self._page.trouble
        desk.read(printer_choice, done=self._know_choice, failed=trouble, latest="choice", owner=self)
        desk.read(market_paper, done=self._know_market, failed=trouble, latest="market", owner=self)
        desk.background(printers, done=self._know_printers, failed=trouble, latest="printers", owner=self)

    def choose(self) -> None:
        """Holds from the next paper on."""
        self._keep(self._chosen(), self._kept)

    def print_trial(self) -> None:
        """One page, to the printer that is chosen."""
        self._page.desk.read(trial_page, current(), failed=self._page.trouble, owner=self,
                             done=partial(self._out.print_bytes, self._printed, spoken(say("Test page"))))  # fmt: skip

    def put(self) -> None:
        """Shows what is known: a chosen printer that the system does not know stays, marked as gone."""
        chosen = self._choice
        lost = chosen.way is PrinterWay.NAMED and bool(self._known) and chosen.name not in self._known
        names = [*self._known, *([chosen.name] if chosen.name and chosen.name not in self._known else [])]
        options: list[tuple[object, Words]] = [(_SYSTEM, say("The one of this computer")), (_ASK, say("Ask each time"))]
        options += [((PrinterWay.NAMED, each), _gone(each) if lost and each == chosen.name else each) for each in names]
        self.printer.offer(options)
        self.printer.choose((chosen.way, chosen.name))
        sizes = [(each, say("{size}, always", size=each)) for each in PAPERS]
        self.paper.offer([("", say("As the market has it: {size}", size=self._market)), *sizes])
        self.paper.choose(chosen.paper)
        if lost:
            words = say("The printer {name} is not on this computer any more.", name=chosen.name)
            self.gone.show_words(words, say("Choose another one below."), tone=Tone.WARN)
        else:
            self.gone.settle()

    def _chosen(self) -> PrinterChoice:
        way, name = self.printer.value
        return PrinterChoice(way, name, self.paper.value)

    def _keep(self, choice: PrinterChoice, done: Done) -> None:
        self._page.desk.write(choose_printer, choice, done=done, failed=self._page.trouble, owner=self)

    def _kept(self, before: PrinterChoice) -> None:
        self._know_choice(self._chosen())
        self._page.tell(say("The printer is kept"), undo=lambda: self._back(before))

    def _back(self, before: PrinterChoice) -> None:
        self._keep(before, lambda _: self._know_choice(before))

    def _printed(self, _way: str) -> None:
        self._page.tell(say("The test page is on its way to the printer"))

    def _know_choice(self, choice: PrinterChoice) -> None:
        self._choice = choice
        self.put()

    def _know_market(self, size: str) -> None:
        self._market = size
        self.put()

    def _know_printers(self, names: tuple[str, ...]) -> None:
        self._known = names or known_printers()
        self.put()


def _gone(name: str) -> Words:
    return say("{name} (gone)", name=name)
