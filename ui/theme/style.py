"""The one proxy style: Fusion's behaviour, our drawing. No style sheet anywhere (QSS breaks what it touches)."""

from typing import Any, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QWidget,
)

from ui.theme.buttons import HEIGHT, PLAIN, Face, Size, button_size, paint_button
from ui.theme.icons import draw_icon
from ui.theme.look import colour, look, px
from ui.theme.paint import box, flip, kept, ring, write
from ui.theme.tokens import RADIUS_CHIP, RADIUS_CONTROL

_STATE = QStyle.StateFlag
OPEN_LIST_EDGE = 2  # px, room for the thickest border of a theme
_METRICS = {
    QStyle.PixelMetric.PM_CheckBoxLabelSpacing: 10,
    QStyle.PixelMetric.PM_ScrollBarExtent: 10,
    QStyle.PixelMetric.PM_ScrollView_ScrollBarSpacing: 0,
    QStyle.PixelMetric.PM_ScrollView_ScrollBarOverlap: 0,
    QStyle.PixelMetric.PM_ButtonShiftHorizontal: 0,
    QStyle.PixelMetric.PM_ButtonShiftVertical: 0,
    QStyle.PixelMetric.PM_MenuPanelWidth: 5,
    QStyle.PixelMetric.PM_TextCursorWidth: 2,
}
_INDICATORS = (QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_IndicatorHeight)


def face_of(widget: QWidget | None) -> Face:
    """How a button wants to look: `ui.widgets.button.Button` carries a face, Qt's own dialogs get the plain one."""
    return getattr(widget, "face", PLAIN)


def large(widget: QWidget | None) -> bool:
    """Whether a check box asks for the bench size."""
    return bool(getattr(widget, "large", False))


class AftercareStyle(QProxyStyle):
    """Draws standard widgets from tokens; lists are drawn by `ui.widgets.row_delegate`."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in _INDICATORS:
            return px(28 if large(widget) else 18)
        if metric == QStyle.PixelMetric.PM_DefaultFrameWidth and _is_open_list(widget):
            return OPEN_LIST_EDGE
        known = _METRICS.get(metric)
        return super().pixelMetric(metric, option, widget) if known is None else known

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: Any = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_ComboBox_Popup:
            return 0
        if hint == QStyle.StyleHint.SH_UnderlineShortcut:
            return 0
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration and look().still:
            return 0
        return super().styleHint(hint, option, widget, returnData)

    def sizeFromContents(
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget | None = None
    ) -> QSize:
        if kind == QStyle.ContentsType.CT_PushButton and isinstance(widget, QPushButton):
            return button_size(face_of(widget), widget.text())
        if kind == QStyle.ContentsType.CT_CheckBox:
            side = self.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, widget)
            usual = super().sizeFromContents(kind, option, size, cast(QWidget, widget))
            return QSize(usual.width() + 12, max(px(38 if large(widget) else 28), side + 10, usual.height()))
        if kind in (QStyle.ContentsType.CT_LineEdit, QStyle.ContentsType.CT_ComboBox):
            wide = px(30) + 12 if kind == QStyle.ContentsType.CT_ComboBox else 0  # what lies around its words
            return QSize(size.width() + wide, HEIGHT[getattr(widget, "size_class", Size.DESK)])
        return super().sizeFromContents(kind, option, size, cast(QWidget, widget))

    def drawControl(
        self, element: QStyle.ControlElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == QStyle.ControlElement.CE_PushButton and isinstance(option, QStyleOptionButton):
            if not hasattr(widget, "face"):  # a button of Qt's own dialogs: there an ampersand is a mnemonic
                option.text = option.text.replace("&", "")
            paint_button(painter, option, face_of(widget))
        elif element == QStyle.ControlElement.CE_CheckBox and isinstance(option, QStyleOptionButton):
            self._check_box(option, painter, widget)
        else:
            super().drawControl(element, option, painter, widget)

    def drawPrimitive(
        self, element: QStyle.PrimitiveElement, option: QStyleOption, painter: QPainter, widget: QWidget | None = None
    ) -> None:
        if element == QStyle.PrimitiveElement.PE_IndicatorCheckBox:
            _indicator(painter, option)
        elif element in (QStyle.PrimitiveElement.PE_PanelLineEdit, QStyle.PrimitiveElement.PE_FrameLineEdit):
            if not isinstance(widget and widget.parent(), QAbstractSpinBox | QComboBox):
                field_box(painter, option.rect, focused=has_focus(option), wrong=is_wrong(widget))
        elif element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            return  # each control draws its own ring
        elif element == QStyle.PrimitiveElement.PE_FrameMenu or (
            element == QStyle.PrimitiveElement.PE_Frame and _is_open_list(widget)
        ):
            box(painter, option.rect, "", "edge", radius=0, width=look().tokens.border)
        elif element == QStyle.PrimitiveElement.PE_PanelTipLabel:
            box(painter, option.rect, "ink", "", radius=0)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._scroll_bar(option, painter, widget)
        elif control == QStyle.ComplexControl.CC_ComboBox:
            field_box(painter, option.rect, focused=has_focus(option), wrong=is_wrong(widget))
            whole = QRect(option.rect)
            mark = QRect(whole.right() - px(26), whole.center().y() - px(7), px(16), px(16))
            draw_icon(painter, flip(option.direction, whole, mark), "chevron-down", "ink2")
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ComboBox and part == QStyle.SubControl.SC_ComboBoxEditField:
            whole = QRect(option.rect)
            return flip(option.direction, whole, whole.adjusted(8, 1, -px(30), -1))
        if control == QStyle.ComplexControl.CC_ScrollBar and part in (
            QStyle.SubControl.SC_ScrollBarAddLine,
            QStyle.SubControl.SC_ScrollBarSubLine,
        ):
            return QRect()
        if (
            control == QStyle.ComplexControl.CC_ScrollBar
            and part in (QStyle.SubControl.SC_ScrollBarGroove, QStyle.SubControl.SC_ScrollBarSlider)
            and isinstance(option, QStyleOptionSlider)
        ):
            return QRect(option.rect) if part == QStyle.SubControl.SC_ScrollBarGroove else _slider(option)
        return super().subControlRect(control, option, part, cast(QWidget, widget))

    def _check_box(self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None) -> None:
        whole, way = QRect(option.rect), option.direction
        side = self.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, widget)
        square = QRect(whole.left() + 5, whole.center().y() - side // 2 + 1, side, side)
        left = whole.left() + side + 15
        words = QRect(left, whole.top(), whole.right() - left + 1, whole.height())
        mark = QStyleOptionButton(option)
        mark.rect = flip(way, whole, square)
        self.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, mark, painter, widget)
        ink = "ink" if option.state & _STATE.State_Enabled else "ink3"
        write(painter, flip(way, whole, words), option.text, "lead" if large(widget) else "body", ink, direction=way)

    def _scroll_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        if option.maximum > option.minimum:
            active = bool(option.state & (_STATE.State_MouseOver | _STATE.State_Sunken))
            box(painter, _slider(option).adjusted(2, 2, -2, -2), "edge" if active else "line", radius=3)


def has_focus(option: QStyleOption) -> bool:
    """Whether the option's widget has the keyboard."""
    return bool(option.state & _STATE.State_HasFocus)


def _is_open_list(widget: QWidget | None) -> bool:
    """The window in which Qt shows the options of a combo box; its class has no public name."""
    return widget is not None and widget.inherits("QComboBoxPrivateContainer")


def is_wrong(widget: QWidget | None) -> bool:
    """Whether a field shows an error."""
    return widget is not None and bool(widget.property("wrong"))


def field_box(painter: QPainter, rect: QRect, *, focused: bool = False, wrong: bool = False) -> None:
    """The box of a field: edge, ring while it has the keyboard, red while it is wrong, both when both are true."""
    line, width = "edge", look().tokens.border
    if wrong:
        line, width = "stop", 2
    elif focused:
        line, width = "focus", look().tokens.ring
    box(painter, rect, "panel", line, radius=RADIUS_CONTROL, width=width)
    if wrong and focused:
        ring(painter, rect.adjusted(3, 3, -3, -3), radius=RADIUS_CONTROL - 3)


def _slider(option: QStyleOptionSlider) -> QRect:
    """Where the handle lies; there are no arrow buttons."""
    whole = QRect(option.rect)
    upright = option.orientation == Qt.Orientation.Vertical
    room = whole.height() if upright else whole.width()
    span = option.maximum - option.minimum
    length = max(28, room * option.pageStep // max(1, span + option.pageStep))
    at = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown
    )
    if upright:
        return QRect(whole.left(), whole.top() + at, whole.width(), length)
    return QRect(whole.left() + at, whole.top(), length, whole.height())


def _indicator(painter: QPainter, option: QStyleOption) -> None:
    rect, on = QRect(option.rect), bool(option.state & _STATE.State_On)
    if has_focus(option):
        ring(painter, rect.adjusted(-4, -4, 4, 4), radius=RADIUS_CONTROL + 1)
    box(painter, rect, "accent" if on else "panel", "accent" if on else "edge", radius=RADIUS_CHIP, width=1.5)
    if not on:
        return
    with kept(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(rect)
        pen = QPen(colour("on_accent"), area.width() / 9)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        tick = ((0.26, 0.54), (0.43, 0.70), (0.74, 0.32))
        painter.drawPolyline(
            QPolygonF([QPointF(area.left() + area.width() * x, area.top() + area.height() * y) for x, y in tick])
        )
