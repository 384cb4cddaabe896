"""A procedure of the handbook as a paper, and in plain text for a terminal. Neither touches the store."""

from collections.abc import Sequence

from app.documents.handbook_paper import CoverSheet, Entry, HandbookSheet, Part, UrgentLine, draw_book, draw_handbook
from app.documents.sheet import Fact, Frame, Size
from app.handbook.book import Handbook
from app.handbook.spoken import Question, Spoken, Step
from app.kernel.instants import Instant
from app.workflows.papers import Picture, page_pictures

NO = "\u00d7"


def paper_of(book: Handbook, market: str) -> Size:
    """The size of paper that printers in this market hold."""
    known = book.markets.get(market)
    return "Letter" if known and known.paper == "LETTER" else "A4"


def draw_page(spoken: Spoken, paper: Size, at: Instant) -> bytes:
    """The PDF of a procedure."""
    return draw_handbook(sheet_of(spoken, paper, at))


def draw_all(pages: Sequence[Spoken], paper: Size, at: Instant) -> bytes:
    """The PDF of all these procedures, in their order, behind a list of them."""
    return draw_book(cover_of(pages, paper, at), [sheet_of(each, paper, at) for each in pages])


def cover_of(pages: Sequence[Spoken], paper: Size, at: Instant) -> CoverSheet:
    """The first page: the list, the public numbers, and the people whom every procedure calls."""
    first = next((each for each in pages if not each.english), pages[0])
    known = dict.fromkeys((f"{each.role} \u00b7 {each.name}", each.phone) for page in pages for each in page.tell
                          if each.phone)  # fmt: skip
    numbers = [Fact(text, number) for number, text in first.emergency]
    heads, short = first.heads, first.about.split(" \u00b7 ")[0]
    frame = Frame(
        language=first.language, direction="rtl" if first.right_to_left else "ltr", paper=paper,
        title=heads["handbook"], number=heads["handbook"], template=heads["handbook"], issuer=heads["handbook"], at=at,
        page_label=heads["page"], qr="", qr_label="", seal_label=short, digits=first.digits,
    )  # fmt: skip
    return CoverSheet(frame, short, heads["contents"], (*numbers, *(Fact(*each) for each in known)))


def picture_page(spoken: Spoken, paper: Size, at: Instant) -> tuple[Picture, ...]:
    """Its pages as they will print."""
    return page_pictures(draw_page(spoken, paper, at))


def sheet_of(spoken: Spoken, paper: Size, at: Instant) -> HandbookSheet:
    """Everything that the paper shows, in the order of the page."""
    heads = spoken.heads
    short = " · ".join(spoken.about.split(" · ")[:2])  # without the day since when it is in force here
    frame = Frame(
        language=spoken.language, direction="rtl" if spoken.right_to_left else "ltr", paper=paper, title=spoken.title,
        number=spoken.code, template=heads["handbook"], issuer=heads["handbook"], at=at,
        page_label=heads["page"], qr="", qr_label="", seal_label=short, digits=spoken.digits,
    )  # fmt: skip
    ways = " · ".join(f"{each.text}: {each.code or each.title}" for each in spoken.not_this)
    return HandbookSheet(
        frame=frame, about=f"{spoken.code} · {spoken.about} · {spoken.severity_line}",
        note=" ".join(filter(None, (spoken.note, heads["old"] if spoken.old else "",
                                    heads["english"] if spoken.english else ""))),
        use_heading=heads["use_when"], use_when=spoken.use_when, more=(f"{heads['not_this']} {ways}",),
        do_now_heading=heads["do_now"], lines=tuple(_line(each, spoken.figure(each.number)) for each in spoken.steps),
        numbers=_numbers(spoken), parts=_parts(spoken), small_print=f"{spoken.footer} · {heads['no_advice']}",
    )  # fmt: skip


def text_of(spoken: Spoken) -> list[str]:
    """The page as lines of plain text, in its order."""
    sheet = sheet_of(spoken, "A4", Instant(0))
    lines = [f"{spoken.code}  {spoken.title}", sheet.about, sheet.note, f"{sheet.use_heading}: {sheet.use_when}",
             *sheet.more, "", sheet.do_now_heading]  # fmt: skip
    for line in sheet.lines:
        lines += [*(f"   ! {each}" for each in line.before), f"[ ] {line.number}  {line.text}",
                  *(f"       {each}" for each in line.after)]  # fmt: skip
    lines += [f"  {each.label}: {each.value}" for each in sheet.numbers]
    for part in sheet.parts:
        lines += ["", part.heading]
        for entry in part.entries:
            lines.append("  " + "  ".join(filter(None, (entry.text, entry.side))))
            lines += [f"    {each}" for each in entry.lines]
        lines += [part.note] if part.note else []
    return [each for at, each in enumerate([*lines, "", sheet.small_print]) if each or at > 3]


def _line(step: Step, number: str) -> UrgentLine:
    after = [step.consequence] if step.consequence else []
    return UrgentLine(number, step.text, step.warnings, (*after, *_question(step.question)))


def _question(question: Question | None) -> tuple[str, ...]:
    if question is None:
        return ()
    answers = [f"→ {each.text}: {each.then}{f' {each.code}' if each.code else ''}" for each in question.choices]
    return (question.text, *answers)


def _numbers(spoken: Spoken) -> tuple[Fact, ...]:
    public = [Fact(text, number) for number, text in spoken.emergency]
    people = [
        Fact(f"{spoken.figure(each.number)}. {each.role} · {each.name}", each.phone)
        for each in spoken.tell
        if each.phone
    ]
    return tuple(public + people)


def _parts(spoken: Spoken) -> tuple[Part, ...]:
    heads = spoken.heads
    found = [
        Part(heads["do_not_say"], tuple(
            Entry(f"{NO} {each.text}", (each.why, f"{heads['say_instead']}: {each.instead}"))
            for each in spoken.do_not_say
        )),
        Part(heads["tell"], tuple(_people(spoken)), heads["tell_order_paper"]),
        Part(heads["clocks"], tuple(
            Entry(each.time, (each.trigger, f"{each.duty} · {each.channel}", f"{each.regime}. {each.source}"))
            for each in spoken.limits
        ) or (Entry(heads["no_limits"]),), heads["nothing_sent"]),
        Part(heads["facts"], tuple(_facts(spoken)), f"● {heads['health']}"),
        Part(heads["keep"], tuple(
            Entry(each.text, tuple(filter(None, (each.how, each.do_not))), box=True) for each in spoken.keep
        )),
        Part(heads["say"], tuple(Entry(each.kind, (each.text, each.rule)) for each in spoken.say)),
        Part(heads["worse"], tuple(Entry(each) for each in spoken.worse)),
        Part(heads["next"], tuple(Entry(each, box=True) for each in spoken.next_steps)),
        Part(heads["ends"], (Entry(spoken.ends_when, (spoken.ends_by,)),)),
        Part(heads["changed"], tuple(Entry(each) for each in spoken.changes)),
        Part(heads["review"], (
            Entry(spoken.review_line), *(Entry(each, box=True) for each in spoken.review),
        )),
    ]  # fmt: skip
    return tuple(found)


def _people(spoken: Spoken) -> list[Entry]:
    heads = spoken.heads
    return [
        Entry(
            f"{spoken.figure(each.number)}. {each.role}",
            tuple(
                filter(
                    None,
                    (
                        " · ".join(filter(None, (each.name, each.place, each.part, each.languages))),
                        heads["any_hour" if each.always else "office_hours"],
                        each.why,
                        each.wait,
                    ),
                )
            ),
            each.phone,
        )
        for each in spoken.tell
    ]


def _facts(spoken: Spoken) -> list[Entry]:
    found = []
    for group in spoken.facts:
        found.append(Entry(group.heading, ("",)))
        found += [
            Entry("", (f"{'● ' if health else ''}{text}{f' ({who})' if who else ''}  ____________________",), box=True)
            for text, who, health in group.facts
        ]
    return found
