"""What is written into a form by hand: into which branch it goes, as what it is kept, and what it still lacks."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.content.published.form import FieldKind, Form, FormField
from app.kernel.errors import Trouble, UserError
from app.kernel.lengths import kept_text
from app.kernel.limits import limits_in_words
from app.kernel.messages import say
from app.signoff import rules
from app.signoff.queries import DraftFacts
from app.signoff.values import read_as, reading
from app.workflows.form_filling import is_private
from app.workflows.voice import Voice


def with_typed(form: Form, draft: DraftFacts, typed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The draft's branches with what was written on the page, each value in the branch that its field belongs to."""
    fields = {(section.code, each.code): each for section in form.sections for each in section.fields}
    matter, private = _copied(draft.matter, "values"), _copied(draft.private, "private_values")
    for path, value in typed.items():
        section, group, code = path.split("/")
        known = fields.get((section, code))
        if known is None:
            raise UserError(Trouble.BAD_INPUT, say("The form has no such field."), field=path)
        branch = private["private_values"] if is_private(known) else matter["values"]
        branch[section][int(group)][code] = _kept(known, value, path)
    return matter, private


def check_whole(form: Form, filled: Mapping[str, Any], reason: str, voice: Voice) -> None:
    """UserError NEEDS_REASON for the first field that is empty or out of its limits, unless there is a reason.

    The field and its section are named as they stand on the page, in the language of the form.
    """
    if kept_text("reason", reason):
        return
    for each in rules.missing_fields(form, filled)[:1]:
        words = say(
            "{field} is missing in {section}. Fill it in, or write why it stays empty.",
            field=voice.form(f"sections/{each.section.code}/fields/{each.field.code}/label"),
            section=voice.form(f"sections/{each.section.code}/title"),
        )
        raise UserError(Trouble.NEEDS_REASON, words, field=f"{each.section.code}/{each.group}/{each.field.code}")
    for path, label, field in _outside(form, filled, voice):
        allowed = limits_in_words(field.minimum, field.maximum, decimals=field.decimals, unit=field.unit)
        words = say("{field} is outside the limits, {limits}. Put it right, or write why it stays so.",
                    field=label, limits=allowed)  # fmt: skip
        raise UserError(Trouble.NEEDS_REASON, words, field=path)


def _kept(field: FormField, value: Any, path: str) -> Any:
    """A number that was typed becomes a reading with the limits of its field, a text what is kept of it; all else
    stays as it is."""
    if isinstance(value, str):
        value = kept_text(path, value)
    if field.kind != FieldKind.MEASURED:
        return value
    number = read_as(value, "measured").get("value")
    if type(number) is not int or not field.unit:
        raise UserError(Trouble.BAD_INPUT, say("The answer of this step is missing."), field=path)
    low, high = field.minimum, field.maximum
    within = (low is None or number >= low) and (high is None or number <= high)
    return reading(number, decimals=field.decimals, unit=field.unit, minimum=low, maximum=high, within=within)


def _outside(form: Form, filled: Mapping[str, Any], voice: Voice) -> Iterator[tuple[str, str, FormField]]:
    """Readings that were typed: those of a procedure have their reason beside them."""
    for section in form.sections:
        for n, group in enumerate(filled.get(section.code, ())):
            for field in section.fields:
                value = read_as(group.get(field.code), "reading")
                if value and not value["within"] and not value.get("reason"):
                    label = voice.form(f"sections/{section.code}/fields/{field.code}/label")
                    yield f"{section.code}/{n}/{field.code}", label, field


def _copied(branch: Mapping[str, Any], key: str) -> dict[str, Any]:
    groups = {section: [dict(group) for group in found] for section, found in branch[key].items()}
    return {**branch, key: groups}
