"""Ctrl+K: records and acts in one list; each act shows its own key, so the palette teaches itself away."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.kernel.messages import say
from app.language.folding import folded
from ui.settings.index import matching
from ui.shell.hits import Find, Hit, match
from ui.shell.overlay import Overlay
from ui.theme.buttons import Size
from ui.theme.fonts import metrics, width_of
from ui.theme.icons import draw_icon
from ui.theme.look import colour, high_contrast, px
from ui.theme.paint import LEADING, box, flip, key_width, paint_key, write
from ui.widgets.inputs import TextField
from ui.widgets.label import Label, Rule
from ui.widgets.layouts import column, row
from ui.widgets.page import Act
from ui.widgets.texts import key_text, serial, spoken, tr

MOST_ACTS, MOST_SETTINGS, LINE, HEAD = 8, 5, 44, 30
_HIT = Qt.ItemDataRole.UserRole
_STATE = QStyle.StateFlag


class Palette(Overlay):
    """`palette.ask(acts)` opens it; `chosen` carries the hit after it has closed."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, find: Find) -> None:
        super().__init__(window, width=716)
        self._find = find
        self._acts: list[Act] = []
        self._records: list[Hit] = []
        self._asked = self._answered = 0
        self._taking = False  # Enter came before the records did
        self.field = TextField(icon="search", name=say("Find a serial, customer, ticket or part"), size=Size.TOUCH)
        self.list = _HitList()
        self._none = Label("", "body", "ink2", wrap=True, centred=True)
        self._count = Label("", "meta", "ink3")
        hints = Label(say("↑ ↓ choose   Enter open   Esc close"), "meta", "ink3")
        foot = row(hints, None, self._count, margins=(6, 0, 6, 0))
        self.arrange(column(self.field, self._none, (self.list, 1), Rule(), foot, gap=8, margins=(14, 14, 14, 12)))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._look)
        self.list.clicked.connect(lambda index: self._take(index.data(_HIT)))

    def ask(self, acts: Sequence[Act], text: str = "") -> None:
        """Opens with the acts of this moment."""
        self._acts = [act for act in acts if act.possible()]
        self._records = []
        self.field.setText(text)
        self._look(text)
        self.come_up(self.field)

    def hits(self) -> list[Hit]:
        """What is offered now, from above."""
        return self.list.hits

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(event)
        return super().eventFilter(watched, event)

    def _steer(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._taking = self._asked != self._answered
            if not self._taking:
                self._take(self.list.current)
        elif Qt.Key(event.key()) in steps:
            self.list.move_by(steps[Qt.Key(event.key())])
        else:
            return False
        return True

    def _look(self, text: str) -> None:
        self._asked += 1
        self._taking = False
        asked = self._asked

        def deliver(records: Sequence[Hit]) -> None:
            if asked == self._asked:
                self._answered = asked
                self._records = list(records)
                self._show(text)
                if self._taking:
                    self._take(self.list.current)

        if text.strip():
            self._find(text.strip(), deliver)
        else:
            self._records, self._answered = [], asked
        self._show(text)

    def _show(self, text: str) -> None:
        found = [*self._records, *acts_matching(text, self._acts), *settings_matching(text)]
        self.list.fill(found, text)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self._none.put(tr("Nothing found for {text}. A serial can be typed in part.", text=text) if not found else "")
        self._count.put(tr("{count} found", count=len(found)) if text.strip() else "")
        self.place()

    def _take(self, hit: Hit | None) -> None:
        self._taking = False
        if hit is not None:
            self.close_over()
            self.chosen.emit(hit)


def acts_matching(text: str, acts: Sequence[Act]) -> list[Hit]:
    """The acts whose words match, best first, then as offered."""
    ranked = [(match(text, spoken(act.shown)), at, act) for at, act in enumerate(acts)]
    best = sorted((rank, at, act.name) for rank, at, act in ranked if rank is not None)
    chosen = [acts[at] for _, at, _ in best[:MOST_ACTS]]
    return [Hit(say("Do something"), act.icon or "arrow-right", act.shown, "", act.keys, act.run) for act in chosen]


def settings_matching(text: str) -> list[Hit]:
    """The settings that are called so; Enter opens them at their place."""
    found = matching(text)[:MOST_SETTINGS]
    return [Hit(say("Settings"), each.icon, each.words, place="settings", argument=each.name) for each in found]


class _HitList(QListView):
    """Hits below the heads of their groups; only hits can be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._delegate = _HitDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Found"))

    @property
    def current(self) -> Hit | None:
        """The chosen hit."""
        index = self.currentIndex()
        return index.data(_HIT) if index.isValid() else None

    def fill(self, hits: Sequence[Hit], wanted: str) -> None:
        """Shows these hits; the first is chosen."""
        self.hits = list(hits)
        self._delegate.wanted = wanted.strip()
        self._items.clear()
        group = ""
        for hit in hits:
            if spoken(hit.group) != group:
                group = spoken(hit.group)
                head = QStandardItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self._items.appendRow(head)
            item = QStandardItem(" ".join(filter(None, (spoken(hit.title), spoken(hit.line)))))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setData(hit, _HIT)
            self._items.appendRow(item)
        self.setCurrentIndex(self._items.index(1, 0) if hits else QModelIndex())
        self.updateGeometry()

    def move_by(self, steps: int) -> None:
        """So many hits down, or up; stops at both ends."""
        rows = [at for at in range(self._items.rowCount()) if self._items.item(at).isSelectable()]
        if rows:
            at = rows.index(self.currentIndex().row()) if self.currentIndex().row() in rows else 0
            self.setCurrentIndex(self._items.index(rows[max(0, min(len(rows) - 1, at + steps))], 0))

    def sizeHint(self) -> QSize:
        heads = self._items.rowCount() - len(self.hits)
        return QSize(640, min(px(560), px(LINE) * len(self.hits) + px(HEAD) * heads + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, min(px(LINE) * 3, self.sizeHint().height()))


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, px(LINE if index.data(_HIT) else HEAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit, rect = index.data(_HIT), QRect(option.rect)
        if hit is None:
            head = rect.adjusted(2, 6, -2, 0)
            write(painter, head, str(index.data()), "small", "ink3", weight=600, direction=option.direction)
            return
        chosen = bool(option.state & _STATE.State_Selected)
        if chosen:
            box(painter, rect, "accent_soft", "focus" if high_contrast() else "", radius=8, width=2)
            bar = QRect(rect.left(), rect.top() + 8, 3, rect.height() - 16)
            painter.fillRect(flip(option.direction, rect, bar), colour("accent"))
        mark = QRect(rect.left() + 16, rect.top() + px(13), px(18), px(18))
        draw_icon(painter, flip(option.direction, rect, mark), hit.icon, "accent" if chosen else "ink2")
        self._words(painter, rect, hit, option, chosen=chosen)

    def _words(self, painter: QPainter, rect: QRect, hit: Hit, option: QStyleOptionViewItem, *, chosen: bool) -> None:
        way, end = option.direction, rect.right() - 14
        keys = key_text(hit.keys) or ("Enter" if chosen else "")
        if keys:
            place = QRect(end - key_width(keys), rect.center().y() - px(10), key_width(keys), px(20))
            paint_key(painter, flip(way, rect, place), keys, "ink2")
            end = place.left() - 12
        title = serial(spoken(hit.title)) if hit.code else spoken(hit.title)
        lead = px(18) + 30
        wide = min(width_of(title, "body", weight=600, code=hit.code) + 2, end - rect.left() - lead)
        room = QRect(rect.left() + lead, rect.top(), wide, rect.height())
        place = flip(way, rect, room)
        write(painter, place, title, "body", weight=600, align=LEADING, code=hit.code, direction=way)
        self._underline(painter, place, spoken(hit.title), code=hit.code)
        line = QRect(room.right() + 14, rect.top(), max(0, end - room.right() - 14), rect.height())
        write(painter, flip(way, rect, line), spoken(hit.line), "small", "ink2", direction=way)

    def _underline(self, painter: QPainter, place: QRect, title: str, *, code: bool) -> None:
        """Shows what matched, where the text runs from left to right."""
        at = folded(title).find(folded(self.wanted)) if self.wanted else -1
        if at < 0 or len(folded(title)) != len(title) or not title.isascii():
            return
        measure = metrics("body", weight=600, code=code)
        left = place.left() + measure.horizontalAdvance(title[:at])
        width = measure.horizontalAdvance(title[at : at + len(self.wanted)])
        painter.fillRect(QRect(left, place.center().y() + px(10), width, 2), colour("accent"))
