"""Puts theme, language, size of the text and movement on the whole application, at start and live."""

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.language import translate
from app.language.languages import language_of
from ui.theme.fonts import font, forget_metrics, load_fonts
from ui.theme.look import Look, colour, look, set_look
from ui.theme.motion import hold_still, is_still
from ui.theme.sizes import grow
from ui.theme.style import AftercareStyle
from ui.theme.tokens import Theme

SYSTEM = "system"
_THEME = "aftercare_theme"  # the setting, kept on the application
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.ToolTipBase: "ink",
    QPalette.ColorRole.ToolTipText: "panel",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}


def apply(app: QApplication, theme: str, language: str, *, size: int | None = None, motion: str | None = None) -> None:
    """Shows `app` in a theme (`system`, or a `Theme`) and a BCP 47 language; every open widget follows at once.
    `size` of the text is one of `SIZES`, `motion` is `system` or `less`; without them they stay as they are."""
    load_fonts()
    if app.property(_THEME) is None:
        app.styleHints().colorSchemeChanged.connect(lambda _: _follow(app))
    app.setProperty(_THEME, theme)
    before = look()
    still = before.still if motion is None else is_still(motion)
    set_look(Look(resolve(app, theme), translate.use(language), before.size if size is None else size, still))
    forget_metrics()
    hold_still(app, still=still)
    app.setStyle(AftercareStyle())
    app.setPalette(palette())
    app.setFont(font())
    app.setLayoutDirection(look().direction)
    QLocale.setDefault(QLocale(language))
    _translate_qt(app, language)
    if before.size != look().size:
        grow(app.allWidgets(), before.size, look().size)
    for window in app.topLevelWidgets():
        app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    if before.size != look().size:
        for widget in filter(QWidget.isVisible, app.allWidgets()):
            app.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))  # what folds by its width folds anew


def system_language() -> str:
    """The language of ours that the system's user reads first."""
    names = QLocale.system().uiLanguages()
    return language_of(names[0] if names else "").code


def resize(app: QApplication, size: int) -> None:
    """The same look with text of another size."""
    apply(app, app.property(_THEME) or SYSTEM, look().language, size=size)


def move(app: QApplication, motion: str) -> None:
    """The same look with as much movement as the system wishes, or with less."""
    apply(app, app.property(_THEME) or SYSTEM, look().language, motion=motion)


def resolve(app: QApplication, theme: str) -> Theme:
    """The theme meant by a setting; `system` is light where Qt does not know (bare X11, offscreen)."""
    if theme != SYSTEM:
        return Theme(theme)
    hints = app.styleHints()  # held: PySide forgets what is reached through it when it goes
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Theme.CONTRAST
    return Theme.DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else Theme.LIGHT


def _follow(app: QApplication) -> None:
    """The system turned dark or light, or asks for more contrast; the setting `system` goes with it."""
    if app.property(_THEME) == SYSTEM and resolve(app, SYSTEM) is not look().theme:
        apply(app, SYSTEM, look().language)


def palette() -> QPalette:
    """Qt's palette from the tokens in force."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colour("ink3")))
    return made


def _translate_qt(app: QApplication, language: str) -> None:
    """Qt's own words (file dialogs, context menus); its catalogue comes with the wheel."""
    for old in app.findChildren(QTranslator, "qtbase"):
        app.removeTranslator(old)
        old.deleteLater()
    new = QTranslator(app)
    new.setObjectName("qtbase")
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if new.load(QLocale(language), "qtbase", "_", folder):  # zh-Hans lies there as zh_CN
        app.installTranslator(new)
