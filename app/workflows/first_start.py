"""The first start of a desk once there is a key: connecting, and who works here. Each step is whole or was not."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from app.handbook.markets import market_here, market_names
from app.handbook.place import Shelf
from app.handbook.shelf import choose_market, open_shelf
from app.kernel.beginnings import Beginning, Founding, Known, Step
from app.kernel.errors import UserError
from app.kernel.lengths import LONGEST_LINE, kept_text
from app.kernel.rights import Actor, How, Right, Role
from app.people.actions import add_staff, sit_down
from app.people.queries import staff_list
from app.people.rules import StaffDraft
from app.store.bases import Setting
from app.store.beginning import end_beginning, note_beginning
from app.store.opening import StoreOpener
from app.store.profile import Unlocked, hold
from app.store.runner import ThreadRunner
from app.store.work import Work
from app.sync.links import link_of
from app.sync.waiting import keep_code
from app.workflows.enrolment_words import check_typed
from app.workflows.settings import get_setting, set_setting
from app.workflows.syncing import Syncing


class FirstStart:
    """The steps for one unlocked profile. Call them on a thread that is not the interface's; each opens the store,
    does its work and lets it go, so that a killed program leaves what a step had done. UserError as opening a store.
    """

    def __init__(self, unlocked: Unlocked, beginning: Beginning, *, zone: str, shelf: Shelf) -> None:
        self._unlocked, self._beginning, self._zone, self._shelf = unlocked, beginning, zone, shelf
        self._actor = Actor("", frozenset(Role), unlocked.device, How.SYSTEM, frozenset(Right))

    def connect(self, address: str, code: str) -> Known:
        """Makes this profile a device of the partner, and fetches what the others wrote and the manufacturer
        publishes; when that breaks off it goes on in the open desk. UserError with the field, as Syncing.enrol."""
        with self._running() as runner:
            syncing = self._syncing(runner)
            syncing.enrol(address, code)
            self._go_on_at(Step.PEOPLE)
            syncing.go()
            return self._known(runner)

    def wait(self, address: str, code: str) -> None:
        """The code waits in the store for a network; UserError with the field for one that cannot be right."""
        check_typed(address, code)
        with self._running() as runner:
            runner.write(self._actor, keep_code, address, code).result()
        self._go_on_at(Step.PEOPLE)

    def skip(self) -> None:
        """No connection for now."""
        self._go_on_at(Step.PEOPLE)

    def known(self) -> Known:
        """What there is to choose from, when it is asked who works here."""
        with self._running() as runner:
            return self._known(runner)

    def finish(self, founding: Founding) -> None:
        """The desk stands: one transaction, then nothing is asked any more. UserError(BAD_INPUT) with the field."""
        with self._running() as runner:
            runner.write(self._actor, found_desk, founding).result()
        if founding.market:
            choose_market(self._shelf, founding.market)
        end_beginning(self._unlocked.profile)

    # ------------------------------------------------------------------ insides

    @contextlib.contextmanager
    def _running(self) -> Iterator[ThreadRunner]:
        with hold(self._unlocked.profile):
            runner = ThreadRunner(StoreOpener(self._unlocked, zone=self._zone))
            try:
                yield runner
            finally:
                runner.close()

    def _syncing(self, runner: ThreadRunner) -> Syncing:
        secret, folder = self._unlocked.derive("device identity"), self._unlocked.profile.folder
        return Syncing(runner, self._unlocked.device, secret, folder, shelf=self._shelf)

    def _go_on_at(self, step: Step) -> None:
        before = self._beginning
        note_beginning(self._unlocked.profile, Beginning(step, before.language, before.with_code))

    def _known(self, runner: ThreadRunner) -> Known:
        known: Known = runner.read(known_of).result()
        try:
            book = open_shelf(self._shelf).book
        except UserError:  # no handbook here yet: it asks for the market when there is one
            return known
        markets = market_names(book, self._beginning.language)
        return replace(known, markets=markets, market=market_here(self._shelf, book))


def known_of(session: Session) -> Known:
    """Who the store knows already, and what the business is called."""
    link = link_of(session)
    business = str(get_setting(session, "partner.name", "") or (link.partner_name if link else ""))
    people = tuple((each.id, each.name) for each in staff_list(session))
    manufacturer = link.manufacturer if link else ""
    return Known(manufacturer, business, people, connected=link is not None)


def found_desk(work: Work, founding: Founding) -> str:
    """The id of the person who is at the desk from now on. UserError(BAD_INPUT, field "name", "roles", "business")."""
    work.require(Right.MANAGE_STAFF)
    person = founding.colleague
    if not person:
        person = add_staff(work, StaffDraft(founding.name, language=founding.language, roles=founding.roles))
    sit_down(work, person)
    set_setting(work, "shell.language", founding.language)
    business = " ".join(kept_text("business", founding.business, LONGEST_LINE).split())
    if business:
        work.session.merge(Setting(name="partner.name", value=business))
    return person
