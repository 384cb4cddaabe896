"""A run of a procedure: one step large, or all steps; by keyboard, by finger, with gloves. The place is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QWidget

from app.content.published.procedure import StepKind
from app.kernel.changes import Changes
from app.kernel.errors import UserError
from app.kernel.messages import say
from app.language.translate import current
from app.repairs.rules.serials import Concern, Slot
from app.sop import actions
from app.sop.rules import RunState, State, TickKind
from app.views.sop_run import RunPage, StepSeen, sop_page
from app.workflows import bench
from app.workflows.pictures import keep_picture
from ui.sop.acts import bench_acts
from ui.sop.guide import GuideActs, GuideView
from ui.sop.head import Foot, Head
from ui.sop.serial_answer import SerialAnswer
from ui.sop.step_photo import StepPhoto
from ui.sop.steps_list import StepsList
from ui.widgets.keys import is_enter
from ui.widgets.layouts import column
from ui.widgets.page import Act, CustomerSees, Page
from ui.widgets.scroll import Scroll
from ui.widgets.texts import Words, tr
from ui.work import Desk

GUIDE, LIST = "guide", "list"
PAUSE = 400  # ms after the last key: a crash loses less than half a second of typing


class SopPage(Page):
    """Opened with the id of a run."""

    customer_sees = CustomerSees.NOTHING
    full_window = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id, self._at, self._kept = "", "", ""  # the run, the step, what was typed there and is on the device
        self._typed: dict[str, str] = {}  # by step: what was typed and not entered when another one was looked at
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._keep_place)
        self._keeping = False  # a second Enter while the first is on its way makes no second tick
        self.shown: RunPage | None = None
        self.head = Head(self.back, self._turn, self._jump, self.called.emit)
        self.foot = Foot(self.previous, self.ask_stop, self.next)
        acts = GuideActs(
            self._take_back, self._skip, self._note, self.stop, self._check_serial, self._keep_photo,
            lambda sha256: StepPhoto(desk, sha256, failed=self.trouble),
        )  # fmt: skip
        self.guide = GuideView(acts)
        self.guide.went.connect(self.next)
        self.guide.changed.connect(self._touched)
        self.guide.onward, self.guide.backward = self.foot.next_button, self.foot.back_button
        self.steps = StepsList()
        self.steps.ticked.connect(self._tick_row)
        self.steps.opened.connect(self._open_row)
        self.steps.chosen.connect(self._move_to)
        self.steps.ended.connect(self.next)
        self._middle = QWidget(self)  # before its layout: a stack shows its first widget at once, as a window if alone
        self._views = QStackedLayout(self._middle)
        self._views.addWidget(Scroll(self.guide, follows=True))
        self._views.addWidget(self.steps)
        self._lay_out()
        self._offer()

    def title(self) -> Words:
        return self.shown.title if self.shown else say("Procedure")

    def start(self) -> QWidget | None:
        return self.steps.list if self._listed else (self.guide.answer.first() or self.foot.next_button)

    def open(self, argument: object = None) -> None:
        if str(argument or "") != self._id:
            self._at, self.shown, self._keeping, self._typed = "", None, False, {}
        self.about = self._id = str(argument or "")
        self._read()

    def on_changed(self, changes: Changes) -> None:
        if changes.touches("sop_run", "sop_tick", "staff"):
            self._read()

    def retranslate(self) -> None:
        if self._id:
            self._read()

    def leave(self) -> bool:
        self._keep_place()
        return True

    def scanned(self, text: str) -> bool:
        if isinstance(self.guide.answer, SerialAnswer) and not self._listed:
            self.guide.answer.picker.scan(text)
            return True
        return False

    def next(self) -> None:
        """Keeps the answer and goes on; at the end completes the run."""
        page = self.shown
        if page is None:
            return
        if page.state != RunState.OPEN:
            self.desk.write(actions.undo_tick, self._id, page.end_tick, failed=self._failed)
        elif not page.current and page.can_complete and (self._listed or self._answered()):
            self._complete()
        elif self._listed:
            self._open_row(page.step(page.current or self._at))
        else:
            self._keep_answer()

    def previous(self) -> None:
        """One step back."""
        self._step(-1)

    def ask_stop(self) -> None:
        """Asks why the run is to end here."""
        self.head.toggle.choose(GUIDE)
        self._show_view()
        self.guide.ask_stop()

    def stop(self, reason: str) -> None:
        """Ends the run where it stands."""
        self.desk.write(actions.stop_run, self._id, reason, done=lambda _: self.back(), failed=self._failed, owner=self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if is_enter(event):
            if not isinstance(self.focusWidget(), QLineEdit) and not event.isAutoRepeat():  # a field has heard it
                self.next()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif event.matches(QKeySequence.StandardKey.Paste) and not self._listed:
            self.guide.answer.paste()
        elif key == Qt.Key.Key_Space and not self._listed:
            if not event.isAutoRepeat():
                self._space()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._step(1 if (key == Qt.Key.Key_Right) != self.isRightToLeft() else -1)
        elif not event.text() or event.isAutoRepeat() or not self.guide.answer.press(event.text()):
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Leaves what was asked in between, else the page; the place is kept."""
        if not self.guide.leave_stop():
            self.back()

    # ------------------------------------------------------------------ making

    def _lay_out(self) -> None:
        self.setLayout(column(self.head, (self._middle, 1), self.foot, gap=0))

    def _offer(self) -> None:
        self.acts.append(Act("view", say("One step or all steps"), "V", self._switch, "layout-list"))
        self.acts += bench_acts(
            self.next, self._space, lambda: self._step(1), lambda: self.guide.answer.paste(), at=self._at_kind
        )
        for sign in ("Y", "N", "1", "2", "3", "4", "5", "6", "7", "8"):
            self.acts.append(Act(f"answer_{sign}", say("Answer"), sign, self._presser(sign), "", self._picking))

    def _presser(self, sign: str) -> Callable[[], object]:
        return lambda: self.guide.answer.press(sign)

    def _at_kind(self, *kinds: StepKind) -> bool:
        return self.guide.step is not None and self.guide.step.kind in kinds

    def _picking(self) -> bool:
        booked = self.guide.step is not None and bool(self.guide.step.booked)
        return not self._listed and (booked or self._at_kind(StepKind.YES_NO, StepKind.CHOICE))

    # ----------------------------------------------------------------- showing

    @property
    def _listed(self) -> bool:
        return bool(self.head.toggle.value == LIST)

    def _read(self) -> None:
        person = self.desk.actor.person if self.desk.actor else ""
        self.desk.read(
            sop_page, self._id, current(), person=person, done=self.show_run, failed=self.trouble, latest="run"
        )

    def show_run(self, page: RunPage) -> None:
        """Shows the run; the first time where it was left, afterwards the step that comes next."""
        first, was = self.shown is None, self._at
        self.shown = page
        typed = ""
        if first:
            left = page.place.step if any(each.code == page.place.step for each in page.steps) else ""
            self._at = left or page.current or page.steps[-1].code
            typed = self._kept = page.place.typed if left else ""
            self.head.toggle.choose(LIST if page.place.listed else GUIDE)
        self.head.fill(page)
        self._show_step(typed, anew=first or self._at != was or self._changed_here(page), again=not first)
        self._show_view()
        self.titled.emit()

    def _changed_here(self, page: RunPage) -> bool:
        return self.guide.step != page.step(self._at)

    def _show_step(self, typed: str = "", *, anew: bool = True, again: bool = False) -> None:
        page = self.shown
        if page is None:
            return
        if anew:
            self.guide.show_step(page, self._at, typed, again=again)
        self.steps.fill(page, self._at)
        self.head.show_steps(page, self._at)
        self._show_foot()

    def _show_view(self) -> None:
        self._views.setCurrentIndex(1 if self._listed else 0)
        self._show_foot()
        (self.steps.list.setFocus if self._listed else self.guide.start)()

    def _show_foot(self) -> None:
        page = self.shown
        if page is not None and self.guide.step is not None:
            self.foot.show_run(page, self.guide.step, listed=self._listed, ready=self._is_ready())

    def _touched(self) -> None:
        self._show_foot()
        if self.guide.answer.typed != self._kept:
            self._pause.start()

    def _is_ready(self) -> bool:
        answer = self.guide.answer
        return self._answered() or answer.ready() is not None or bool(answer.typed)

    def _answered(self) -> bool:
        step = self.guide.step
        return step is not None and step.state != State.OPEN and not self.guide.answer.typed

    # ------------------------------------------------------------------ moving

    def _switch(self) -> None:
        self.head.toggle.choose(GUIDE if self._listed else LIST)
        self._turn()

    def _turn(self) -> None:
        self._show_view()
        self._keep_place()

    def _jump(self, index: int) -> None:
        if self.shown is not None:
            self._open_row(self.shown.steps[index])

    def _step(self, by: int) -> None:
        if self.shown is None:
            return
        codes = [each.code for each in self.shown.steps]
        at = max(0, min(len(codes) - 1, codes.index(self._at) + by))
        self._open_row(self.shown.steps[at])

    def _open_row(self, step: StepSeen) -> None:
        self._keep_place()
        self._turn_to(step.code)
        self.head.toggle.choose(GUIDE)
        self._show_step(self._typed.get(step.code, ""))
        self._show_view()
        self._keep_place()

    def _turn_to(self, code: str) -> None:
        """Another step is looked at; what was typed at this one waits there."""
        self._typed[self._at] = self.guide.answer.typed
        self._at = code

    def _move_to(self, step: StepSeen) -> None:
        if step.code != self._at:
            self._turn_to(step.code)
            if self.shown is not None:
                self.guide.show_step(self.shown, self._at, self._typed.get(self._at, ""))
                self.steps.list.setFocus()
                self.head.show_steps(self.shown, self._at)

    def _keep_place(self) -> None:
        self._pause.stop()
        if self._id and self.shown is not None and self.shown.state == RunState.OPEN:
            self._kept = self.guide.answer.typed
            self.desk.jot(
                actions.keep_place, self._id, self._at, typed=self._kept, listed=self._listed, failed=lambda _: None
            )

    # ----------------------------------------------------------------- ticking

    def _space(self) -> None:
        if self._at_kind(StepKind.DO, StepKind.HOLD):
            self.next()

    def _tick_row(self, step: StepSeen) -> None:
        """Space in the list: a step that is only done is ticked, any other one is opened."""
        if step.kind == StepKind.DO and step.state == State.OPEN and not step.second_person:
            self.desk.write(actions.tick_step, self._id, step.code, TickKind.DONE, failed=self._failed)
        else:
            self._open_row(step)

    def _keep_answer(self) -> None:
        step, guide = self.guide.step, self.guide
        if step is None or step.locked or self._keeping:
            return
        made = guide.answer.ready()
        if made is None and self._answered():
            self._go_on()
        elif isinstance(guide.answer, SerialAnswer):
            self._keeping = True
            self.desk.write(
                bench.tick_serial, self._id, step.code, guide.answer.entry, clock=guide.clock.text(),
                done=self.still(self._ticked), failed=self._failed, owner=self,
            )  # fmt: skip
        elif made is not None and not (self._answered() and made[0] in (TickKind.DONE, TickKind.RELEASED)):
            self._tick(step, *made)
        elif self._answered():
            self._go_on()
        else:
            guide.answer.ask()
            guide.start()

    def _tick(self, step: StepSeen, kind: TickKind, body: Mapping[str, Any]) -> None:
        extra = {"reason": self.guide.reason.text().strip(), "second": str(self.guide.second.value or "")}
        self._keeping = True
        given = {**body, **{key: value for key, value in extra.items() if value}}
        self.desk.write(
            actions.tick_step, self._id, step.code, kind, given, clock=self.guide.clock.text(),
            done=self.still(self._ticked), failed=self._failed, owner=self,
        )  # fmt: skip

    def _ticked(self, _: object) -> None:
        """After a step that passed the next one comes up by itself; the change that follows reads it."""
        self._keeping = False
        self._typed.pop(self._at, None)
        if self.guide.answer.inside():
            self._go_on()

    def _go_on(self) -> None:
        page = self.shown
        if page is None:
            return
        codes = [each.code for each in page.steps]
        later = [
            each.code for each in page.steps[codes.index(self._at) + 1 :] if each.state in (State.OPEN, State.OUTSIDE)
        ]
        self._at = later[0] if later else (page.current if page.current != self._at else codes[-1])
        self._show_step(self._typed.get(self._at, ""))
        self._keep_place()

    def _skip(self, put_off: bool, reason: str) -> None:
        kind = TickKind.DEFERRED if put_off else TickKind.NOT_APPLICABLE
        self.desk.write(
            actions.tick_step, self._id, self._at, kind, {"reason": reason},
            done=self.still(lambda _: self._go_on()),
            failed=self._failed, owner=self,
        )  # fmt: skip

    def _take_back(self, tick: str) -> None:
        self.desk.write(actions.undo_tick, self._id, tick, failed=self._failed)

    def _note(self, text: str) -> None:
        self.desk.write(actions.note_step, self._id, self._at, text, failed=self._failed)

    def _check_serial(self, _: Slot, typed: str, deliver: Callable[[Sequence[Concern]], None]) -> None:
        self.desk.read(
            bench.serial_concerns, self._id, self._at, typed, done=deliver, failed=self.trouble, owner=self,
            latest="serial",
        )  # fmt: skip

    def _keep_photo(self, source: object) -> None:
        answer = self.guide.answer
        if isinstance(answer, SerialAnswer):
            picker = answer.picker
            self.desk.write(keep_picture, source, done=picker.put_photo, failed=self._failed, owner=picker)
        else:
            ticked = self.still(self._ticked)
            self.desk.write(bench.tick_photo, self._id, self._at, source, done=ticked, failed=self._failed, owner=self)

    def _complete(self) -> None:
        self.desk.write(
            actions.complete_run, self._id, done=lambda _: self._completed(), failed=self._failed, owner=self
        )

    def _completed(self) -> None:
        self.tell(tr("All steps are done"))
        self.back()

    def _failed(self, error: BaseException) -> None:
        self._keeping = False
        if not (isinstance(error, UserError) and self.guide.trouble(error)):
            self.trouble(error)
