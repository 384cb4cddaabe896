"""The exchange on the window, against a real hub on this machine: connect, send, pull the network, go on."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.sync.sync_page import ExchangePage
from ui.tickets.tickets_page import TicketsPage
from ui.tour.driver import Driver

ROOT = Path(__file__).parents[2]
PARTNER = "PT02"


class TourHub:
    """A hub of the tour's own; `stop` is the cable pulled."""

    def __init__(self, folder: str) -> None:
        self._here = ("--embedded", folder)
        self._process = subprocess.Popen(
            [*_COMMAND, "serve", "--port", "0", *self._here], cwd=ROOT, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self._process.stdout
        self.url = str(json.loads(self._process.stdout.readline() or "{}").get("serving", ""))

    def code(self) -> str:
        """An enrolment code for the sample's partner."""
        self._run("partner", "add", PARTNER, "--name", "Moinho Atlântico Lda", "--market", "PT")
        return str(self._run("device", "code", PARTNER)["code"])

    def seen(self, number: str) -> str:
        """What the manufacturer's people see of a ticket, as JSON text."""
        return json.dumps(self._run("show", PARTNER, "ticket", number), ensure_ascii=False)

    def stop(self) -> None:
        """Ends it in order; a second time does nothing."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(30)

    def _run(self, *words: str) -> dict[str, object]:
        done = subprocess.run([*_COMMAND, *words, "--json", *self._here], cwd=ROOT, capture_output=True, text=True)
        answer: dict[str, object] = json.loads(done.stdout or "{}")
        return answer


_COMMAND = (sys.executable, "-m", "app.hub")


@contextmanager
def tour_hub() -> Iterator[TourHub]:
    """Serves within the block, from a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="aftercare-hub-") as folder:
        hub = TourHub(folder)
        try:
            yield hub
        finally:
            hub.stop()


def walk_exchange(driver: Driver, hub: TourHub, *, own: tuple[str, ...]) -> None:
    """Connect, send everything, look at what the manufacturer sees; then without a network. `own` are words of the
    partner that must not be seen there."""
    exchange = driver.desk.exchange
    with driver.step("connect"):
        driver.act("exchange")
        page = driver.page(ExchangePage)
        driver.wait("the two fields", page.connect_card.isVisible)
        driver.check("the keyboard begins at the address", page.connect_card.first() is page.connect_card.address)
        page.connect_card.address.setText(hub.url)
        page.connect_card.code.setText(driver.elsewhere(hub.code))
    with driver.step("exchanged"):
        page.connect_card.connect_now()
        driver.wait("the connection", lambda: page.connect_card.isHidden())
        driver.wait("the first exchange", lambda: not exchange.busy and _waits(page) == 0)
        driver.check("nothing stands in the way", not exchange.trouble)
        driver.check("nothing waits to go out", page.nothing.isVisible())
    number = _ticket_number(driver)
    seen = driver.elsewhere(lambda: hub.seen(number))
    driver.check("the manufacturer sees the ticket", number in seen)
    driver.check("and none of the partner's own words", not [each for each in own if each and each in seen])
    with driver.step("offline"):
        driver.elsewhere(hub.stop)
        tickets = driver.page(TicketsPage)
        tickets.view.note.setText(number)
        driver.act("note")
        driver.act("exchange")
        page = driver.page(ExchangePage)
        page.try_now()
        driver.wait("the try without a network", lambda: not exchange.busy and exchange.trouble == "offline")
        driver.wait("the note among what waits", lambda: _waits(page) > 0)
        driver.check("what was written waits, and nothing asks or stops", driver.frame.crash.isHidden())


def _waits(page: ExchangePage) -> int:
    seen = page.seen
    return seen.count if seen is not None and seen.address else -1


def _ticket_number(driver: Driver) -> str:
    """The number of the ticket that is up in the list of tickets."""
    driver.act("go_tickets")
    tickets = driver.page(TicketsPage)
    driver.wait("a ticket", lambda: tickets.view.page is not None)
    return tickets.view.page.facts.number if tickets.view.page else ""
