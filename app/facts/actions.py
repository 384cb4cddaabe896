"""Writes about facts under lock."""

from sqlalchemy.orm.attributes import flag_modified

from app.facts import queries, rules
from app.facts.queries import FactSeen
from app.facts.records import FactEvent
from app.facts.rules import Sort
from app.kernel.errors import BugError, Trouble, UserError
from app.kernel.messages import say
from app.kernel.rights import Right
from app.people.queries import staff_record
from app.people.records import Staff
from app.store import locking
from app.store.work import Work


def lock_fact(work: Work, case: str, sort: Sort, text: str) -> str:
    """The id of the fact; whoever writes it cannot read it unless they may.

    Raises UserError for no text, or while there is nobody who could ever open it.
    """
    work.require(Right.LOG_TICKET)
    kept = rules.checked_text(text)
    readers = queries.readers_of(work.session)
    if not readers:
        words = say(
            "Nobody could open it yet. Somebody who may read such facts first chooses words for them, on this page."
        )
        raise UserError(Trouble.NOT_ALLOWED, words, field="text")
    locked = locking.lock(kept, readers, place=(case, str(sort)))
    body = {"sort": str(sort), "kid": locked.kid, "ct": locked.ct, "sha256": work.files.keep(locked.wrap)}
    return work.add_event(FactEvent, case, "locked", {**body, "for": list(readers)}).id


def open_fact(work: Work, case: str, fact_id: str, words: str) -> str:
    """What was locked, for whoever may read it and types their words; that it was read is written down.

    Those who may read such facts since can read this one from then on. UserError for other words, for a fact that was
    destroyed, or whose key is not here (yet) or was never meant for this person.
    """
    work.require(Right.READ_LOCKED)
    fact = _fact(work, case, fact_id)
    identity = _identity(work, words)
    wrap = work.files.read(fact.wrap)
    text = locking.unlock(locking.Locked(fact.kid, fact.ct, wrap), identity, place=(case, fact.sort))
    if text is None:
        said = say("It was locked before you could read such facts. When somebody who can has opened it, you can too.")
        raise UserError(Trouble.NOT_ALLOWED, said, field="words")
    work.add_event(FactEvent, case, "opened", {"kid": fact.kid})
    _wrap_for_all(work, fact, wrap, identity)
    return text


def destroy_facts(work: Work, case: str, reason: str) -> None:
    """Nobody can read the facts of this case any more, here or elsewhere; that there were any, and why they went,
    stays. `app.sync.files.drop_erased` then takes their keys off this disk."""
    work.require(Right.READ_LOCKED)
    kept = rules.checked_reason(reason)
    facts = queries.facts_of(work.session, case)
    erases = [wrap for fact in facts for wrap in (*fact.all_wraps, *fact.left_over)]
    if erases:
        work.add_event(FactEvent, case, "destroyed", {"reason": kept, "erases": erases})


def destroy_left_over(work: Work) -> None:
    """What was wrapped anew while somebody destroyed it elsewhere goes, too."""
    work.require(Right.LOG_TICKET)
    for case, erases in queries.left_over(work.session).items():
        work.add_event(FactEvent, case, "destroyed", {"reason": "", "erases": erases})
    work.session.flush()


def choose_words(work: Work, words: str, again: str, *, old: str = "", anew: bool = False) -> None:
    """The words by which the person at the desk opens locked facts. Once chosen they change only with the `old` ones,
    or begin `anew`: what was locked until then opens again when somebody else who may read it has opened it."""
    work.require(Right.READ_LOCKED)
    person = _person(work)
    rules.check_words(words, again)
    if person.guarded and not anew:
        guarded = locking.under_other_words(person.guarded, old, words, person.id)
        if guarded is None:
            raise UserError(Trouble.BAD_INPUT, say("These are not the words of until now."), field="old")
        person.guarded = dict(guarded)
        flag_modified(person, "recipient")  # under one stamp with it: half of a pair opens nothing
    else:
        recipient, guarded = locking.new_identity(words, person.id)
        person.recipient, person.guarded = recipient, dict(guarded)


def _wrap_for_all(work: Work, fact: FactSeen, wrap: bytes, identity: str) -> None:
    readers = queries.readers_of(work.session)
    if readers and set(readers) != set(fact.readers):
        anew = locking.wrap_anew(wrap, identity, readers)
        if anew is not None:
            body = {"kid": fact.kid, "sha256": work.files.keep(anew), "for": list(readers), "erases": [fact.wrap]}
            work.add_event(FactEvent, fact.case, "wrapped", body)


def _fact(work: Work, case: str, fact_id: str) -> FactSeen:
    found = next((each for each in queries.facts_of(work.session, case) if each.id == fact_id), None)
    if found is None:
        raise BugError(f"no fact {fact_id}")
    if found.is_destroyed:
        raise UserError(Trouble.MISSING, say("It was destroyed. Nobody can read it any more."), field="words")
    return found


def _identity(work: Work, words: str) -> str:
    person = _person(work)
    if not person.guarded:
        raise UserError(
            Trouble.NOT_ALLOWED, say("You have no words for locked facts yet. Choose them below."), field="words"
        )
    identity = locking.identity_of(person.guarded, words, person.id)
    if identity is None:
        raise UserError(Trouble.BAD_INPUT, say("These are not your words for locked facts."), field="words")
    return identity


def _person(work: Work) -> Staff:
    found = staff_record(work.session, work.actor.person)
    if found is None:
        raise UserError(Trouble.WHO_IS_THERE, say("Choose who you are first."))
    return found
