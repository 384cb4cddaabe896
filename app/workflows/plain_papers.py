"""Pages that belong to no record: the printer's trial, and the recovery key on paper. Nothing of them is kept."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.catalog.current import installed_catalog
from app.documents.plain_paper import PlainSheet, draw_plain
from app.documents.sheet import Frame, Size
from app.kernel.instants import now
from app.kernel.messages import Message, Shown, say
from app.language.languages import language_of
from app.language.speaking import speak
from app.language.translate import direction
from app.store.bases import Stream
from app.workflows.printing import PAPERS, printer_choice


def market_paper(session: Session) -> Size:
    """The size of paper of the partner's market (`PT02` is of `PT`); A4 before the manufacturer's data is here."""
    catalog, partner = installed_catalog(session), session.scalar(select(Stream.partner)) or ""
    market = catalog.markets.get(partner[:2]) if catalog else None
    return "Letter" if market is not None and market.paper == "LETTER" else "A4"


def trial_page(session: Session, language: str) -> bytes:
    """A page that shows whether the printer prints, on which paper, from edge to edge."""
    size = _size(session)
    lead = say("If you can read this, the printer takes the papers of this desk.")
    lines = (
        say("Printed {moment}", moment=Shown("datetime", now(), _zone(session))),
        say("Size of the paper: {size}", size=size),
        say("The thin line at the foot must be whole. If it is cut, choose another size of paper in the settings."),
    )
    return draw_plain(PlainSheet(_frame(language, size, say("Test page")), _said(lead, language), (),
                                 tuple(_said(line, language) for line in lines)))  # fmt: skip


def recovery_page(session: Session, printed: str, language: str) -> bytes:
    """The recovery key, in groups, for a safe place."""
    lead = say("It opens the desk when the passphrase is forgotten. Keep this page away from the computer.")
    lines = (
        say("Made {moment}", moment=Shown("datetime", now(), _zone(session))),
        say("Capitals, small letters and blanks do not matter when it is typed."),
        say("Whoever has this page opens the desk. An older recovery key opens it no more."),
    )
    groups = grouped(printed).split(" ")
    large = tuple(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
    frame = _frame(language, _size(session), say("Recovery key of this desk"))
    return draw_plain(PlainSheet(frame, _said(lead, language), large, tuple(_said(line, language) for line in lines)))


def grouped(key: str) -> str:
    """`AGE-SECRET-KEY-1 QQQQQQ QQQQQQ …`: a place to go on after looking away."""
    at = key.rfind("-") + 2
    rest = key[at:]
    return " ".join([key[:at], *(rest[each : each + 6] for each in range(0, len(rest), 6))])


def _size(session: Session) -> Size:
    chosen = printer_choice(session).paper
    return "Letter" if chosen == PAPERS[1] else "A4" if chosen else market_paper(session)


def _frame(language: str, size: Size, title: Message) -> Frame:
    said = _said(title, language)
    return Frame(
        language=language, direction="rtl" if direction(language) == "rtl" else "ltr", paper=size, title=said,
        number="", template="", issuer="Aftercare", at=now(), qr="", qr_label="", digits=language_of(language).digits,
        page_label=_said(say("Page {page} of {pages}", page="{page}", pages="{pages}"), language),
    )  # fmt: skip


def _zone(session: Session) -> str:
    return str(session.info.get("zone", "UTC"))


def _said(message: Message, language: str) -> str:
    return speak(message, language)
