"""Who speaks the handbook: the book's texts in one language for one market, with their gaps filled."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.content.items import SOURCE_LANGUAGE
from app.content.published.crisis import (
    CrisisProcedure,
    Mark,
    Needed,
    Privacy,
    TimeLimit,
    Unit,
)
from app.handbook.book import Handbook, is_old
from app.handbook.rules.search import Entry, Index, words_of
from app.handbook.spoken import Choice, Group, Kept, Limit, NotSaid, Person, Question, Said, Spoken, Step, TileSeen, Way
from app.kernel.instants import Instant, day_of, moment_of
from app.language import formats
from app.language.isolates import left_to_right
from app.language.languages import LATIN_DIGITS, language_of
from app.timing.awake import OfficeHours

BLANK = "________"
_BRACES = re.compile(r"\{(\w+)\}")


def _nearest(language: str, written: tuple[str, ...]) -> str:
    """The language itself, else one that its readers understand (ar for ar-EG), else English."""
    kin = (each for each in written if each.split("-")[0] == language.split("-")[0])
    return language if language in written else next(kin, SOURCE_LANGUAGE)


class Speaker:
    """Speaks one handbook in one language for one market; `since` is when it came into force here, `today` decides
    what is old, `zone` is this desk's."""

    def __init__(self, book: Handbook, language: str, market: str, *, since: Instant, now: Instant, zone: str) -> None:
        self.book, self.market = book, market
        self.language = _nearest(language, book.languages)
        self.rtl = language_of(self.language).right_to_left
        self.spoken_here = self.language.startswith(language_of(self.language).code)
        self.digits = language_of(self.language).digits if self.spoken_here else LATIN_DIGITS
        self._since = day_of(since, zone) if since else None
        self._today = day_of(now, zone)
        numbers = book.numbers.get(market)
        partner = book.markets.get(market)
        self._values = {
            "emergency": left_to_right(numbers.emergency[0].number, right_to_left=self.rtl) if numbers else BLANK,
            "manufacturer": book.manufacturer.name,
            "partner": partner.partner if partner else BLANK,
        }

    def label(self, code: str, **values: object) -> str:
        """A word around the pages."""
        return self._filled(self.book.label(code, self.language), values)

    def heads(self) -> dict[str, str]:
        """All words around the pages, with their braces."""
        paths = self.book.words.by_item["labels", "HANDBOOK", self.book.words.newest["labels", "HANDBOOK"]]
        codes = {path.split("/")[1] for language, path in paths if language == SOURCE_LANGUAGE and "/" in path}
        return {code: self.book.label(code, self.language) for code in codes}

    def day(self, day: date) -> str:
        """A day as the language writes it; ISO where the program does not speak it."""
        return formats.day(day, self.language) if self.spoken_here else day.isoformat()

    def clock(self, instant: Instant, zone: str) -> str:
        """The time of day there; in 24 hours where the program does not speak the language."""
        if self.spoken_here:
            return formats.clock(instant, zone, self.language)
        return moment_of(instant, zone).strftime("%H:%M")

    def moment(self, instant: Instant, zone: str) -> str:
        """Day and time there."""
        return f"{self.day(day_of(instant, zone))} {self.clock(instant, zone)}"

    def market_name(self) -> str:
        """The name of the market, or its code."""
        known = self.market in self.book.markets
        return self.book.text("market", self.market, "name", self.language).text if known else self.market

    def emergency(self) -> tuple[tuple[str, str], ...]:
        """The emergency numbers of the market with what answers there, the one for people first."""
        numbers = self.book.numbers.get(self.market)
        if numbers is None:
            return ()
        at = "emergency/{}/text"
        spoken = [
            self.book.text("crisis_market", self.market, at.format(each.code), self.language)
            for each in numbers.emergency
        ]
        return tuple((each.number, text.text) for each, text in zip(numbers.emergency, spoken, strict=True))

    def tiles(self) -> tuple[TileSeen, ...]:
        """The twelve tiles in their order."""
        return tuple(
            TileSeen(
                each.code, self._tile(each.code, "title"), self._tile(each.code, "signs"), each.icon, each.people_first,
                each.leads_to, self._tile(each.code, "not_written") if each.not_written else "",
            )
            for each in self.book.tiles
        )  # fmt: skip

    def index(self) -> Index:
        """What the search looks through: tiles with their words and those of their procedures, also in English."""
        idle = " ".join(self._both("handbook", "HANDBOOK", "idle_words"))
        entries = [Entry(each.code, tuple(self._phrases(each.code))) for each in self.book.tiles]
        return Index(entries, frozenset(words_of(idle)))

    def approver(self, name: str) -> str:
        """Who allows a statement: the role of a contact in this language, another name as it is written."""
        of_role = {each.role: code for code, each in self.book.contacts.items()}
        return self.book.text("crisis_contact", of_role[name], "role", self.language).text if name in of_role else name

    def duty(self) -> Person:
        """The one whose number stands on every page."""
        return self._person(1, self.book.settings.duty, "", "", "")

    def procedure(self, code: str, *, note: str = "") -> Spoken | None:
        """The whole page; None when there is no such procedure. `note` stands above it."""
        found = self.book.procedure(code, self.market)
        return None if found is None else _Page(self, found).spoken(note)

    # ------------------------------------------------------------------ insides

    def _tile(self, code: str, path: str) -> str:
        return self._filled(self.book.text("symptom_tile", code, path, self.language).text, {})

    def _phrases(self, code: str) -> Iterable[str]:
        for path in ("words", "title", "signs"):
            for text in self._both("symptom_tile", code, path):
                yield from text.split(";")

    def _both(self, kind: str, code: str, path: str) -> list[str]:
        """A text in this language and in English."""
        spoken = dict.fromkeys((self.language, SOURCE_LANGUAGE))
        return [self.book.text(kind, code, path, language).text for language in spoken]

    def _person(self, number: int, contact: str, part: str, why: str, wait: str) -> Person:
        found = self.book.contacts[contact]
        reach = self.book.reach(contact, self.market)
        spot = self.market if self.market in found.reach else ""
        base = f"here/{spot}" if spot else "reach"
        role = self.book.text("crisis_contact", contact, "role", self.language).text
        if reach is None:
            return Person(number, role, "", "", "", "UTC", False, part, why, wait, "", _NO_HOURS)
        place = self.book.text("crisis_contact", contact, f"{base}/place", self.language).text
        return Person(
            number, role, reach.person, reach.number, place, reach.zone, reach.always, part, why, wait,
            ", ".join(found.languages), self.book.hours(reach.calendar, reach.zone),
        )  # fmt: skip

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        known = self._values | {name: self._shown(value) for name, value in values.items()}
        return _BRACES.sub(lambda match: known.get(match[1], BLANK), text)

    def _shown(self, value: object) -> str:
        """A number with the figures of the language."""
        return formats.number(value, self.language) if isinstance(value, int) and self.spoken_here else str(value)


_NO_HOURS = OfficeHours("UTC", ((),) * 7)
_MARKS = {Mark.READ: "mark_read", Mark.REMEMBERED: "mark_remembered", Mark.OWN: "mark_own"}


class _Page:
    """One procedure being spoken."""

    def __init__(self, speaker: Speaker, procedure: CrisisProcedure) -> None:
        self._in, self._of = speaker, procedure

    def spoken(self, note: str) -> Spoken:
        own, speak = self._of, self._in
        kind, code, version = "crisis_procedure", own.code, own.version
        really = speak.book.text(kind, code, "title", speak.language, version=version)
        english = really.is_fallback(speak.language)
        return Spoken(
            code=code, version=version, market=speak.market, language=really.language if english else speak.language,
            right_to_left=language_of(really.language).right_to_left, heads=speak.heads(), english=english,
            title=really.text, about=self._about(), old=is_old(own, speak.book.settings, speak._today),
            severity=own.severity, severity_line=speak.label("severity", number=int(own.severity.value[1:])),
            worse=self._lines("escalate_if", own.escalate_if), use_when=self.text("use_when"),
            not_this=self._not_this(), steps=self._steps(), do_not_say=self._not_said(), tell=self._tell(),
            limits=self._limits(), facts=self._facts(), keep=self._keep(), say=self._say(),
            next_steps=self._lines("next_steps", own.next_steps), ends_when=self.text("ends_when/text"),
            ends_by=speak.label("confirmed_by", role=self.text("ends_when/role")),
            review_line=speak.label("review_within", days=own.review_days),
            review=self._lines("review/questions", own.review), emergency=speak.emergency(),
            changes=self._lines("changes", own.changes), footer=self._footer(), note=note,
            digits=speak.digits if not english else LATIN_DIGITS,
        )  # fmt: skip

    def text(self, path: str) -> str:
        """A text of the procedure with its values filled in; what only the speaker knows stays a blank."""
        found = self._in.book.text("crisis_procedure", self._of.code, path, self._in.language, version=self._of.version)
        return self._in._filled(found.text, {})

    def _lines(self, name: str, rows: Iterable[object]) -> tuple[str, ...]:
        return tuple(self.text(f"{name}/{each.code}/text") for each in rows)  # type: ignore[attr-defined]

    def _about(self) -> str:
        speak = self._in
        parts = [
            speak.label("for_market", market=speak.market_name()),
            speak.label("version_of", version=self._of.version, day=speak.day(self._of.approved_on)),
        ]
        if speak._since:
            parts.append(speak.label("since", day=speak.day(speak._since)))
        return " · ".join(parts)

    def _footer(self) -> str:
        return " · ".join((self._of.code, self._in.label("owner", role=self.text("owner_role"))))

    def _not_this(self) -> tuple[Way, ...]:
        found = []
        for each in self._of.not_this:
            other = self._in.book.procedure(each.go_to, self._in.market) if each.go_to else None
            title = (
                self._in.book.text("crisis_procedure", other.code, "title", self._in.language).text
                if other
                else self._in.label("normal_ticket")
            )
            found.append(Way(self.text(f"not_this/{each.code}/text"), each.go_to, title))
        return tuple(found)

    def _steps(self) -> tuple[Step, ...]:
        own = self._of
        return tuple(
            Step(
                number, self.text(f"do_now/{each.code}/text"),
                tuple(self.text(f"warnings/{w.code}/text") for w in own.warnings if w.before == each.code),
                self.text(f"do_now/{each.code}/consequence") if each.consequence else "",
                self._question(each.code),
            )
            for number, each in enumerate(own.do_now, start=1)
        )  # fmt: skip

    def _question(self, step: str) -> Question | None:
        for each in self._of.decisions:
            if each.after == step:
                base = f"decisions/{each.code}"
                choices = tuple(
                    Choice(
                        self.text(f"{base}/choices/{c.code}/text"), self.text(f"{base}/choices/{c.code}/then"), c.go_to
                    )
                    for c in each.choices
                )
                return Question(self.text(f"{base}/question"), choices)
        return None

    def _not_said(self) -> tuple[NotSaid, ...]:
        return tuple(
            NotSaid(*(self.text(f"do_not_say/{each.code}/{part}") for part in ("text", "why", "say_instead")))
            for each in self._of.do_not_say
        )

    def _tell(self) -> tuple[Person, ...]:
        speak = self._in
        return tuple(
            speak._person(
                number, each.contact, speak.label("decides" if each.decides else "informed"),
                self.text(f"tell/{each.code}/why"),
                speak.label("no_answer", minutes=each.wait_minutes) if each.wait_minutes else "",
            )
            for number, each in enumerate(self._of.tell, start=1)
        )  # fmt: skip

    def _limits(self) -> tuple[Limit, ...]:
        known = [self._in.book.limits[code] for code in self._of.deadlines]
        return tuple(self._limit(each) for each in known if self._in.market in each.markets)

    def _limit(self, limit: TimeLimit) -> Limit:
        speak = self._in

        def text(path: str) -> str:
            return speak.book.text("deadline_rule", limit.code, path, speak.language, version=limit.version).text

        source = " · ".join(
            (limit.source, speak.label("checked", day=speak.day(limit.checked_on)), speak.label(_MARKS[limit.mark]))
        )
        soft = limit.mark is Mark.REMEMBERED or limit.unit is Unit.UNKNOWN
        return Limit(
            text("time"), text("regime"), text("trigger"), speak.label("duty", role=text("duty")), text("channel"),
            source, limit.mark is Mark.OWN, soft,
        )  # fmt: skip

    def _facts(self) -> tuple[Group, ...]:
        groups = []
        for needed in Needed:
            rows = tuple(
                (
                    self.text(f"facts/{each.code}/text"),
                    self.text(f"facts/{each.code}/who_knows") if each.who_knows else "",
                    each.privacy is Privacy.HEALTH,
                )
                for each in self._of.facts
                if each.needed is needed
            )
            if rows:
                groups.append(Group(self._in.label(needed.value), rows))
        return tuple(groups)

    def _keep(self) -> tuple[Kept, ...]:
        return tuple(
            Kept(
                self.text(f"evidence/{each.code}/text"), self.text(f"evidence/{each.code}/how"),
                self.text(f"evidence/{each.code}/do_not") if each.do_not else "",
            )
            for each in self._of.evidence
        )  # fmt: skip

    def _say(self) -> tuple[Said, ...]:
        speak = self._in
        return tuple(
            Said(
                speak.label(each.kind), self.text(f"statements/{each.code}/text"),
                speak.label("free", hours=each.max_age_hours) if each.free
                else speak.label("ask_first", name=speak.approver(each.approved_by)),
                each.free,
            )
            for each in self._of.statements
        )  # fmt: skip
