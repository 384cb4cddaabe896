"""What a card of the settings is: rows, each with the name of its setting, that can be looked for and gone to."""

from collections.abc import Mapping, Set

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.card import Section
from ui.widgets.label import Label, Prose, Rule
from ui.widgets.layouts import Item, boxed, column, row
from ui.widgets.texts import Words


class SettingsCard(Section):
    """`rows` by the name of their setting, in their order; `starts` says where the keyboard goes in each."""

    def __init__(
        self, title: Words, rows: Mapping[str, QWidget], starts: Mapping[str, QWidget], *, right: QWidget | None = None
    ) -> None:
        self.rows, self._starts = dict(rows), dict(starts)
        self._rules: dict[str, Rule] = {}
        items: list[Item] = []
        for at, (name, widget) in enumerate(self.rows.items()):
            if at:
                self._rules[name] = Rule()
                items.append(self._rules[name])
            items.append(widget)
        super().__init__(title, *items, right=right, gap=14)

    def show_only(self, names: Set[str] | None) -> None:
        """These rows alone; all of them for None, or where none of the names is a row."""
        wanted = set(self.rows) if names is None else set(self.rows) & set(names)
        wanted = wanted or set(self.rows)
        first = next(name for name in self.rows if name in wanted)
        for name, widget in self.rows.items():
            widget.setVisible(name in wanted)
            if name in self._rules:
                self._rules[name].setVisible(name in wanted and name != first)

    def start_of(self, name: str) -> QWidget | None:
        """Where the keyboard goes for a setting, or for the card."""
        return self._starts.get(name) or next(iter(self._starts.values()), None)


def setting(title: Words | Label, told: Words | Label, *controls: QWidget, below: tuple[Item, ...] = ()) -> QWidget:
    """A row: what it is and what it does at the leading edge, its controls at the other, more below."""
    name = title if isinstance(title, Label) else Label(title, weight=500, wrap=True)
    line = told if isinstance(told, Label) else Prose(told, "small")
    words = boxed(column(name, *([line] if told else []), gap=2))
    head = row((words, 1), *controls, gap=16)
    for at in range(1, head.count()):
        item = head.itemAt(at)
        if item is not None:
            item.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return boxed(column(head, *below, gap=10))
