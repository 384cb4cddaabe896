"""Movement: nothing of ours moves by itself; what Qt would move stands still where less movement is wished."""

import os
from configparser import ConfigParser, Error
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication

AS_SYSTEM, LESS = "system", "less"
_PATIENCE = 100  # ms that the desktop's settings may take to answer before the window comes up
_HAD = "aftercare_effects"  # what the platform switched on, kept on the application
_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
    Qt.UIEffect.UI_AnimateToolBox,
)


def motion_of(kept: object) -> str:
    """The choice that a kept value means; what is no choice is as the system."""
    return LESS if kept == LESS else AS_SYSTEM


def is_still(motion: str) -> bool:
    """Whether nothing is to move, by this choice or, where it leaves it to the system, by the system's."""
    return motion == LESS or not system_moves()


def hold_still(app: QApplication, *, still: bool) -> None:
    """Switches Qt's own effects off, or back to what the platform had. The duration of its animations is in the style
    (`SH_Widget_Animation_Duration`)."""
    if app.property(_HAD) is None:
        app.setProperty(_HAD, [app.isEffectEnabled(effect) for effect in _EFFECTS])
    for effect, had in zip(_EFFECTS, app.property(_HAD), strict=True):
        app.setEffectEnabled(effect, had and not still)


@lru_cache(maxsize=1)
def system_moves() -> bool:
    """Whether the desktop of this computer animates; yes where nobody says. Qt 6.11 does not tell it, so the desktop
    is asked as its own programs ask: by its settings portal, else by the file that GTK programs read."""
    for said in (_portal_says(), _gtk_says(Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"))):
        if said is not None:
            return said
    return True


def _portal_says() -> bool | None:
    """The answer of the settings portal; None where there is no session bus, no portal, or no such setting."""
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    asked = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Settings",
        "ReadOne",
    )  # fmt: skip
    asked.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = QDBusConnection.sessionBus().call(asked, timeout=_PATIENCE)
    return told(answer.arguments()) if answer.type() == QDBusMessage.MessageType.ReplyMessage else None


def told(answer: list[Any]) -> bool | None:
    """The truth value in an answer; anything else is no answer."""
    return answer[0] if len(answer) == 1 and isinstance(answer[0], bool) else None


def _gtk_says(folder: Path) -> bool | None:
    for version in ("gtk-4.0", "gtk-3.0"):
        found = ConfigParser(interpolation=None, strict=False)
        try:
            found.read(folder / version / "settings.ini", encoding="utf-8")
            return found.getboolean("Settings", "gtk-enable-animations")
        except (Error, ValueError, OSError):
            continue
    return None
