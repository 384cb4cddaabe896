"""What the window can do from every page, in the order in which the sheet of keys lists it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from app.kernel.messages import say
from ui.shell.customer_view import KEYS, CustomerView
from ui.shell.desk_person import DeskPerson
from ui.shell.help_sheets import HelpSheets
from ui.shell.pages import Place
from ui.shell.text_size import TextSize
from ui.widgets.page import Act
from ui.widgets.toast import Toast


class Window(Protocol):
    """What these acts ask of the window."""

    places: Sequence[Place]
    customer: CustomerView
    person: DeskPerson
    text_size: TextSize
    help: HelpSheets

    def go(self, place: str, argument: object = None) -> None: ...
    def back(self) -> None: ...
    def forward(self) -> None: ...
    def next_pane(self) -> None: ...
    def toggle_crisis(self) -> None: ...
    def ask_palette(self, text: str = "") -> None: ...
    def show_help(self, show: Callable[[], object]) -> None: ...


def own_acts(window: Window) -> list[Act]:
    """Each with its key; the window binds them."""
    go, helping = window.go, window.help
    return [
        Act("new_ticket", say("New ticket"), "Ctrl+N", partial(go, "new_ticket"), "plus"),
        Act("quick", say("Quick answer"), "Ctrl+Shift+N", partial(go, "quick"), "phone"),
        *(
            Act(f"go_{each.name}", each.words, each.keys, partial(go, each.name), each.icon)
            for each in window.places
            if each.words
        ),
        Act("exchange", say("Exchange with the manufacturer"), "Ctrl+E", partial(go, "exchange"), "refresh-cw"),
        Act("news", say("What is new"), "Ctrl+Shift+B", partial(go, "news"), "bell"),
        _customer(window.customer),
        Act("crisis", say("Crisis handbook"), "F9", window.toggle_crisis, "siren"),
        Act("find", say("Find"), "Ctrl+K", window.ask_palette, "search"),
        Act("person", say("Change who is at the desk"), "F2", window.person.ask, "circle-user"),
        Act("back", say("Back"), "Alt+Left", window.back, "arrow-left"),
        Act("forward", say("Forward"), "Alt+Right", window.forward, "arrow-right"),
        Act("pane", say("Next part of the window"), "F6", window.next_pane, "layout-list"),
        *window.text_size.acts,
        Act("keys", say("Show all keys"), "F1", partial(window.show_help, helping.show_keys), "keyboard"),
        Act("guide", say("Guide for this page"), "Shift+F1", partial(window.show_help, helping.show_guide), "info"),
        Act("all_keys", say("Search the keys of every page"), "Ctrl+F1",
            partial(window.show_help, helping.seek_keys), "keyboard"),
    ]  # fmt: skip


def _customer(view: CustomerView) -> Act:
    ends = say("The customer can no longer see this screen")
    return Act(
        "customer", say("The customer can see this screen"), KEYS, view.toggle, "eye",
        instead=lambda: ends if view.on else "",
    )  # fmt: skip


def undo_act(toast: Toast) -> Act:
    """What was told last is taken back; the key is the toast's own."""
    return Act(
        "take_back", say("Undo"), "Ctrl+Z", toast.take_back, "undo-2", lambda: bool(toast.undoes), lambda: toast.undoes
    )
