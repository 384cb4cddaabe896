"""J1 on the window: scanned serial, ticket, repair with two parts, checklist, signatures, paper, resolve."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtTest import QTest

from app.content.published.procedure import StepKind
from app.kernel.serials import check_character
from app.sop.rules import RunState
from app.tickets.rules import TicketKind
from app.views.before_signing import Go
from app.views.sop_run import StepSeen
from ui.repairs.repair_page import RepairPage
from ui.signoff.form_page import FormPage
from ui.signoff.sign_page import SignPage
from ui.sop.sop_page import SopPage
from ui.tickets.new_ticket_page import NewTicketPage
from ui.tickets.resolve_panel import ResolvePanel
from ui.tickets.tickets_page import TicketsPage
from ui.today.today_page import TodayPage
from ui.tour.crisis import walk_crisis
from ui.tour.driver import Driver
from ui.tour.said import Said
from ui.units.unit_page import UnitPage
from ui.widgets.inputs import Choice

SERIAL = "FD2A-2617-00428-N"
OLD = {"PR": "PR26120905E", "BL": "BL26170042S"}
NEW = {kind: body + check_character(body) for kind, body in (("PR", "PR26330148"), ("BL", "BL26340211"))}
PARTS = (("PR", "AV-C-1204"), ("BL", "AV-C-1101"))
CODES = {"symptom": "leaks_water", "fault": "relief_valve", "cause": "material", "remedy": "component_exchanged"}
MOST_STEPS = 60
CHANGED_BYTES = 3  # each costs a process; the tests of the papers change thousands
ROOT = Path(__file__).parents[2]


class RepairTour:
    """`go()` walks the whole way; `papers` are the names of the files that it left in `out`."""

    def __init__(self, driver: Driver, said: Said, *, out: Path, profile: Path) -> None:
        self.driver, self.said = driver, said
        self.papers: list[str] = []
        self._ticket_id = ""
        self._out, self._profile = out, profile

    def go(self) -> None:
        """Every step in the order of the work."""
        self._today()
        self._machine()
        self._ticket()
        self._intake_and_diagnosis()
        for kind, number in PARTS:
            self._use_part(kind, number)
        self._checklist()
        self._outcome()
        self._sign()
        self._paper()
        self._resolve()

    # ------------------------------------------------------------------ desk

    def _today(self) -> None:
        driver = self.driver
        with driver.step("today"):
            driver.page(TodayPage)
            driver.check("the desk opens on Today with somebody at it", driver.desk.actor is not None)

    def _machine(self) -> None:
        driver = self.driver
        with driver.step("machine"):
            driver.scan(SERIAL)
            page = driver.page(UnitPage)
            driver.wait("the machine", lambda: page.seen is not None)
            seen = page.seen
            driver.check("the scanned machine is up", seen and seen.serial == SERIAL)
            driver.check("its warranty is a sentence with a source", seen and seen.warranty.source is not None)
            driver.check("four components with a serial are in it", seen and len(seen.components) >= 4)

    def _ticket(self) -> None:
        driver, said = self.driver, self.said
        with driver.step("new-ticket"):
            driver.act("new_ticket")
            page = driver.page(NewTicketPage)
            driver.wait("the machine known to the form", page.machine.isVisible)
            page.subject.setText(said.title)
            page.kind.choose(TicketKind.MAINTENANCE)
            page.words.setPlainText(said.words)
            driver.settle()
            driver.check("the customer of the machine is filled in", page.customer.picked.id)
        with driver.step("ticket"):
            driver.act("save_ticket")
            tickets = driver.page(TicketsPage)
            driver.wait("the new ticket", lambda: tickets.view.page and tickets.view.page.facts.title == said.title)
            self._ticket_id = tickets.view.page.facts.id if tickets.view.page else ""
            driver.check("it has a number", tickets.view.page and tickets.view.page.facts.number.startswith("PT02-"))
            tickets.view.note.setText(said.note)
            driver.act("note")
            driver.check("the note stands in its story", _told(tickets, said.note))

    # ------------------------------------------------------------------ bench

    def _intake_and_diagnosis(self) -> None:
        driver, said = self.driver, self.said
        with driver.step("intake"):
            driver.act("repair")
            page = driver.page(RepairPage)
            driver.wait("the repair", lambda: page.shown is not None)
            driver.act("receive")
            driver.check("the intake asks for the condition", page.forms[Go.RECEIVE].isVisible())
        with driver.step("diagnosis"):
            page.forms[Go.RECEIVE].submit()
            driver.settle()
            driver.act("diagnose")
            form = page.forms[Go.DIAGNOSE]
            for name, code in CODES.items():
                choice = form.codes[name]  # type: ignore[attr-defined]
                choice.choose(code)
                choice.chosen.emit(code)
                driver.settle()
                driver.check(f"the {name} is on the list", choice.value == code)
            form.words.setPlainText(said.diagnosis)  # type: ignore[attr-defined]

    def _use_part(self, kind: str, number: str) -> None:
        driver = self.driver
        page = driver.page(RepairPage)
        with driver.step(f"part-{kind.lower()}"):
            if page.forms[Go.DIAGNOSE].isVisible():
                page.forms[Go.DIAGNOSE].submit()
                driver.settle()
            driver.act("add_part")
            panel = page.parts_panel
            driver.type(panel.part.text, number)
            driver.wait("the part found", lambda: panel.part.list.model().rowCount() > 0)
            driver.key(panel.part.text, Qt.Key.Key_Return)
            driver.wait("the part taken", lambda: panel.part.choice is not None)
            driver.scan(OLD[kind])
            driver.scan(NEW[kind])
            driver.check(
                "both numbers are well formed", not panel.old.why.isVisible() and not panel.new.why.isVisible()
            )
        with driver.step(f"booked-{kind.lower()}"):
            panel.submit()
            driver.wait("the part booked", lambda: not panel.isVisible())
            driver.settle()
            lines = page.shown.parts if page.shown else ()
            driver.check("the part stands among the parts used", any(row.number.startswith(number) for row in lines))
            driver.check("who pays is a decision", page.shown and page.shown.pays)

    def _checklist(self) -> None:
        driver = self.driver
        driver.page(RepairPage)
        with driver.step("checklist"):
            driver.act("go_on")
            run = driver.page(SopPage)
            driver.wait("the checklist", lambda: run.shown is not None)
            driver.check("it has all steps of the procedure", run.shown and len(run.shown.steps) == 18)
        walk_crisis(driver)
        self._walk(run)
        with driver.step("checklist-all"):
            driver.act("view")
            driver.check("every step is answered", run.shown and run.shown.can_complete)
        with driver.step("checklist-done"):
            driver.act("view")
            run.next()
            driver.settle()
            if isinstance(driver.frame.stage.page, SopPage):
                run.next()
            driver.page(RepairPage)
            driver.check("the run is complete", run.shown and run.shown.state is not RunState.STOPPED)

    def _walk(self, run: SopPage) -> None:
        """Answer step after step; two of them are pictured: the first value and one outside its limits."""
        driver, pictured = self.driver, False
        for _ in range(MOST_STEPS):
            shown = run.shown
            if shown is None or not shown.current:
                return
            step = shown.step(shown.current)
            if step.kind is StepKind.NUMBER and not pictured:
                pictured = True
                with driver.step("checklist-value"):
                    self._answer(run, step)
                    driver.check("the value lies within its limits", run.guide.answer.inside())
            else:
                self._answer(run, step)
            if run.shown is not None and run.shown.current == step.code and step.kind is not StepKind.PHOTO:
                QTest.keyClick(run.focusWidget() or run, Qt.Key.Key_Return)
                driver.settle()
            if run.shown is not None and run.shown.current == step.code:
                run.next()
                driver.settle()

    def _answer(self, run: SopPage, step: StepSeen) -> None:
        guide, driver = run.guide, self.driver
        if guide.step is None or guide.step.code != step.code:
            run.steps.opened.emit(step)  # as a press on its row: the guide stood on another one
            driver.settle()
        driver.wait(f"step {step.number}", lambda: guide.step is not None and guide.step.code == step.code)
        if step.second_person:
            guide.second.choose(run.shown.people[0][0] if run.shown else "")
        if step.kind is StepKind.NUMBER:
            low, high = step.minimum, step.maximum
            value = high if low is None else low if high is None else (low + high) // 2
            guide.answer.field.put(value)  # type: ignore[attr-defined]
        elif step.kind is StepKind.YES_NO:
            guide.answer.press("Y" if step.expected else "N")
        elif step.kind is StepKind.CHOICE:
            guide.answer.choose(step.passing[0])  # type: ignore[attr-defined]
        elif step.kind is StepKind.PHOTO:
            guide.answer.drop.pasted.emit(_photo())  # type: ignore[attr-defined]
        elif step.kind is StepKind.SERIAL:
            known = OLD if step.direction == "out" else NEW
            driver.scan(known["PR" if "valve" in step.code else "BL"])
        driver.settle()

    # ------------------------------------------------------------------ end

    def _outcome(self) -> None:
        driver = self.driver
        page = driver.page(RepairPage)
        with driver.step("outcome"):
            driver.act("finish")
            page.forms[Go.FINISH].submit()
            driver.settle()
            driver.check("the repair says how it ended", page.shown and page.shown.next.go is Go.SIGN)

    def _sign(self) -> None:
        driver, said = self.driver, self.said
        with driver.step("sign-technician"):
            driver.act("sign")
            page = driver.page(SignPage)
            driver.wait("the form", lambda: page.shown is not None)
            page.languages.choose(driver.language)
            page.languages.chosen.emit(driver.language)
            driver.settle()
            for control in page.matter.to_write.values():
                if isinstance(control, Choice):
                    control.setCurrentIndex(1)  # the first reason on the list
            driver.draw(page.pad)
            driver.check("what is agreed to stands above the pad", page.statement.text())
            driver.check("nothing is in the way of the signature", page.shown and not page.shown.blockers)
        with driver.step("sign-customer"):
            page.sign()
            driver.wait("the seal", lambda: page.shown is not None and page.shown.sealed)
            driver.settle()
            page.name.setText(said.customer)
            page.role.setText(said.role)
            driver.draw(page.pad, loops=4)
            driver.check(
                "nothing of the technician's is left on the pad", page.pad.strokes and len(page.pad.strokes) == 1
            )

    def _paper(self) -> None:
        driver = self.driver
        with driver.step("paper"):
            driver.page(SignPage).sign()
            page = driver.page(FormPage)
            driver.wait("both signatures in the file", lambda: page.shown and page.shown.answers and page.shown.file)
            driver.settle()
            name = f"{driver.look}-{page.shown.number if page.shown else ''}.pdf"
            paper = self._out / name
            page.save_to(str(paper))
            driver.wait("the copy", paper.exists)
            driver.settle()
            self.papers.append(name)
        with driver.step("verify"):
            self._check_paper(paper)

    def _check_paper(self, paper: Path) -> None:
        """What the command line and the tools of others say of the file, and of one with a byte changed."""
        check = self.driver.check
        verdict = self._verify(paper)
        check("verify says unchanged", verdict.get("exit") == 0 and verdict.get("status") == "unchanged")
        check("it names two signatures", len(verdict.get("signatures", ())) == 2)
        changed = paper.with_suffix(".changed")
        whole = paper.read_bytes()
        for at in range(97, len(whole), len(whole) // CHANGED_BYTES):
            changed.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            check(f"verify refuses byte {at} changed", self._verify(changed).get("exit") == 1)
        changed.unlink()
        if said := tool_says("qpdf", "--check", str(paper)):
            check("qpdf finds no fault", said.startswith("0 "))
        if said := tool_says("pdfsig", "-nocert", str(paper)):
            check("pdfsig finds both signatures valid", said.count("Signature is Valid.") == 2)

    def _verify(self, paper: Path) -> dict[str, Any]:
        """The verdict of a second process beside the running desk."""
        words = [sys.executable, str(ROOT / "main.py"), "--profile", str(self._profile), "--json", "verify", str(paper)]
        shown = self.driver.elsewhere(lambda: subprocess.run(words, capture_output=True, text=True, check=False))
        found: dict[str, Any] = json.loads(shown.stdout) if shown.stdout.startswith("{") else {}
        return found | {"exit": shown.returncode}

    def _resolve(self) -> None:
        driver, said = self.driver, self.said
        with driver.step("resolve"):
            driver.frame.go("tickets", self._ticket_id)
            tickets = driver.page(TicketsPage)
            driver.wait("the ticket", lambda: tickets.view.page and tickets.view.page.facts.id == self._ticket_id)
            driver.act("resolve")
            panel = tickets.panels["resolve"]
            assert isinstance(panel, ResolvePanel)
            panel.answer.setPlainText(said.answer)
            driver.settle()
            driver.check("nothing is missing", not panel.still_missing())
        with driver.step("resolved"):
            panel.submit()
            driver.wait("the end", lambda: tickets.view.page and not tickets.view.page.facts.state.is_open)
            driver.check("the customer is asked on a day", tickets.view.page and tickets.view.page.follow_up)


def _told(tickets: TicketsPage, words: str) -> bool:
    page = tickets.view.page
    return page is not None and any(words in str(line.text) for line in page.story)


def _photo() -> bytes:
    """A small picture as a camera or the clipboard would give it."""
    image = QImage(320, 240, QImage.Format.Format_RGB32)
    image.fill(QColor("#7a8a99"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def tool_says(*words: str) -> str:
    """What an outside tool prints about a paper; empty when it is not on this machine."""
    if shutil.which(words[0]) is None:
        return ""
    shown = subprocess.run(words, capture_output=True, text=True, check=False)
    return f"{shown.returncode} {shown.stdout}{shown.stderr}"
