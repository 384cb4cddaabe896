"""Says something to a reader of the screen that nobody has to look for: what was done, what is wrong."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """`urgent` breaks into what is being read, for trouble alone."""
    if text:
        told = QAccessibleAnnouncementEvent(widget, text)
        ways = QAccessible.AnnouncementPoliteness
        told.setPoliteness(ways.Assertive if urgent else ways.Polite)
        QAccessible.updateAccessibility(told)
