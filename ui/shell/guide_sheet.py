"""The guide over the work: the page of the job that is open, at its place; nothing behind it is left."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.kernel.messages import say
from app.language.guide import CONTENTS, read_guide
from app.language.languages import language_of
from app.language.translate import current
from ui.shell.guide_text import GuideText
from ui.shell.overlay import Overlay
from ui.theme.buttons import Kind
from ui.theme.look import px
from ui.widgets.button import Button
from ui.widgets.label import Label, Rule
from ui.widgets.layouts import column, row
from ui.widgets.texts import is_language_change, tr

_MARGINS = (24, 20, 24, 20)
_HEIGHT = 1200  # as high as the window lets it be


class GuideSheet(Overlay):
    """`show_at("repair/parts")` opens a page at a named place; links lead to other pages, and back again."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=920, top=32, above_all=True)
        self._at: list[tuple[str, str]] = []  # the pages that were shown, the one of now last
        self.text = GuideText()
        self.text.setMinimumHeight(px(200))
        self._note = Label("", "small", "ink2", wrap=True)
        self._back = Button(say("Back"), Kind.TEXT, icon="arrow-left", keys="Alt+Left", act=self.go_back)
        contents = Button(say("All pages"), Kind.TEXT, icon="list", act=lambda: self.go_to(CONTENTS))
        close = Button(say("Close"), Kind.TEXT, icon="x", keys="Esc", act=self.close_over)
        head = row(Label(say("Guide"), "title"), None, self._back, contents, close, gap=4)
        self.arrange(column(head, Rule(), self._note, (self.text, 1), gap=12, margins=_MARGINS))
        self.text.asked.connect(self.go_to)

    def show_at(self, address: str) -> None:
        """Opens at `page` or `page/place`, without what was read before."""
        name, _, place = address.partition("/")
        self._at = []
        self.go_to(name or CONTENTS, place)
        self.come_up(self.text)

    def go_to(self, name: str, place: str = "") -> None:
        """Another page; the one of now is one step back."""
        self._at.append((name, place))
        self._show()

    def go_back(self) -> None:
        """The page that was read before this one."""
        if len(self._at) > 1:
            self._at.pop()
            self._show()

    def place(self) -> None:
        """As high as the window: the text scrolls inside."""
        self.text.setMaximumHeight(_HEIGHT)
        self.card.setMinimumHeight(0)
        super().place()
        around = self.parentWidget()
        if around is not None:
            card = self.card.geometry()
            card.setHeight(max(200, around.height() - card.top() - 24))
            self.card.setGeometry(card)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_language_change(event) and self.isVisible():
            self._show()

    def _show(self) -> None:
        name, place = self._at[-1]
        page = read_guide(name, current())
        self.text.setAccessibleName(tr("Guide"))
        self.text.show_page(page, place)
        self._back.setEnabled(len(self._at) > 1)
        foreign = page.language != current()
        self._note.setVisible(foreign)
        if foreign:
            self._note.put(say("This page is not translated yet. It is shown in {language}.",
                               language=language_of(page.language).own_name))  # fmt: skip
