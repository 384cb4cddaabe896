"""A sealed form as the sheet that the paper draws."""

from collections.abc import Mapping
from typing import Any

from app.catalog.catalog import Catalog
from app.content.published.form import FieldKind, Form, FormSection, Over
from app.documents.form_paper import Component, Fitted, FormSheet, Measured, MeasuredTable
from app.documents.sheet import Fact, Group, Remark, StateKind
from app.kernel.messages import Shown, say, say_count
from app.language.spacing import stopped
from app.signoff.queries import SealedFacts
from app.signoff.values import read_as, reading_in_words
from app.workflows.form_filling import merged
from app.workflows.sheet_frame import TECHNICIAN, frame_of, open_place, published_form, signer_of
from app.workflows.voice import Voice

_LONG = (FieldKind.TEXT,)
_NONE = "\u2013"


def form_sheet(catalog: Catalog, sealed: SealedFacts) -> FormSheet:
    """The technician's form with the customer's place left open."""
    shared, partner = sealed.shared, sealed.partner
    form = published_form(catalog, shared["form"], shared["version"])
    voice = Voice(catalog, shared["language"], form=form.code, version=form.version)
    filled = merged(shared, partner)
    sheet = FormSheet(
        frame=frame_of(voice, sealed, voice.form("title"), voice.edition),
        lead=voice.form("intro"),
        corrects=_corrects(voice, shared["corrects"]),
        groups=_groups(voice, form, filled),
        components_heading=_title(voice, _repeated(form, Over.EXCHANGE)),
        component_heads=_component_heads(voice, form),
        components=_components(voice, form, filled),
        fitted_heading=_title(voice, _repeated(form, Over.COMPONENTS)),
        fitted_heads=_fitted_heads(voice, _repeated(form, Over.COMPONENTS)),
        fitted=_fitted(voice, _repeated(form, Over.COMPONENTS), filled),
        measured_heads=(
            voice.say(say("Test")),
            voice.label("measured"),
            voice.label("limits"),
            voice.say(say("Result")),
        ),
        measured=_measured(voice, form, filled),
        checklist=_checklist(voice, shared["runs"]),
        remarks=_remarks(voice, form, shared, filled),
        statement_heading=voice.say(say("What the technician confirms")),
        statement=shared["statement"],
        signers=(signer_of(voice, sealed, TECHNICIAN), open_place(voice)),
    )
    return _naming_fallback(sheet, voice)


def _corrects(voice: Voice, old: Mapping[str, Any]) -> str:
    if not old:
        return ""
    number = Shown("plain", old["number"])
    return voice.say(say("This form replaces form {number}: {reason}", number=number, reason=old["reason"]))


def _groups(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[Group, ...]:
    found = []
    for section in form.sections:
        facts = () if section.repeats else _facts(voice, section, filled)
        if facts:
            found.append(Group(voice.form(f"sections/{section.code}/title"), facts))
    return tuple(found)


def _facts(voice: Voice, section: FormSection, filled: Mapping[str, Any]) -> tuple[Fact, ...]:
    group = (filled.get(section.code) or [{}])[0]
    found = []
    for field in section.fields:
        path = f"sections/{section.code}/fields/{field.code}"
        text = voice.written(group.get(field.code), path=path)
        if text and field.kind != FieldKind.MEASURED and not _is_remark(section, field.code):
            found.append(Fact(voice.form(f"{path}/label"), text))
    return tuple(found)


def _is_remark(section: FormSection, code: str) -> bool:
    """Free text that somebody wrote by hand stands under its own heading."""
    field = next(each for each in section.fields if each.code == code)
    return field.kind in _LONG and not field.source


def _title(voice: Voice, section: FormSection | None) -> str:
    return voice.form(f"sections/{section.code}/title") if section else ""


def _repeated(form: Form, over: Over) -> FormSection | None:
    return next((section for section in form.sections if section.repeats and section.over is over), None)


def _labels(voice: Voice, section: FormSection) -> dict[str, str]:
    return {field.code: voice.form(f"sections/{section.code}/fields/{field.code}/label") for field in section.fields}


def _fitted_heads(voice: Voice, section: FormSection | None) -> tuple[str, str, str]:
    labels = _labels(voice, section) if section else {}
    return labels.get("component", ""), labels.get("serial_in", ""), labels.get("since", "")


def _fitted(voice: Voice, section: FormSection | None, filled: Mapping[str, Any]) -> tuple[Fitted, ...]:
    return tuple(_inside(voice, section, group) for group in filled.get(section.code, ())) if section else ()


def _inside(voice: Voice, section: FormSection, group: Mapping[str, Any]) -> Fitted:
    def text(code: str) -> str:
        return voice.written(group.get(code), path=f"sections/{section.code}/fields/{code}")

    state, kind = _serial_state(voice, group)
    return Fitted(text("component"), text("part"), text("serial_in") or _NONE, state, kind, text("since") or _NONE)


def _component_heads(voice: Voice, form: Form) -> tuple[str, str, str, str]:
    section = _repeated(form, Over.EXCHANGE)
    if section is None:
        return "", "", "", ""
    labels = _labels(voice, section)
    return labels.get("component", ""), labels.get("serial_out", ""), labels.get("serial_in", ""), voice.say(
        say("Reason, who pays")
    )  # fmt: skip


def _components(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[Component, ...]:
    section = _repeated(form, Over.EXCHANGE)
    return tuple(_component(voice, section, group) for group in filled.get(section.code, ())) if section else ()


def _component(voice: Voice, section: FormSection, group: Mapping[str, Any]) -> Component:
    def text(code: str) -> str:
        return voice.written(group.get(code), path=f"sections/{section.code}/fields/{code}")

    state, kind = _serial_state(voice, group)
    reason, pays = text("reason"), voice.written(group.get("why"))
    return Component(
        part=text("component"), part_number=text("part"), old_serial=text("serial_out") or _NONE,
        new_serial=text("serial_in") or _NONE, fate=text("fate"), state=state, state_kind=kind,
        warranty=voice.sentences((stopped(reason), stopped(pays))),
    )  # fmt: skip


def _serial_state(voice: Voice, group: Mapping[str, Any]) -> tuple[str, StateKind]:
    """The worse of what is known about the old number and the new one."""
    numbers = (read_as(group.get(each), "serial") for each in ("serial_out", "serial_in"))
    states = {value["state"] for value in numbers if value}
    if "no_legible" in states:
        return voice.label("no_serial"), "unsure"
    if "not_confirmed" in states:
        return voice.label("not_confirmed"), "unsure"
    return (voice.label("confirmed"), "done") if states else ("", "")


def _measured(voice: Voice, form: Form, filled: Mapping[str, Any]) -> tuple[MeasuredTable, ...]:
    tables = (
        MeasuredTable(_title(voice, section), _lines(voice, section, (filled.get(section.code) or [{}])[0]))
        for section in form.sections
        if not section.repeats
    )
    return tuple(table for table in tables if table.lines)


def _lines(voice: Voice, section: FormSection, group: Mapping[str, Any]) -> tuple[Measured, ...]:
    found = []
    for field in section.fields:
        value = read_as(group.get(field.code), "reading")
        if field.kind == FieldKind.MEASURED and (value or field.needed):
            found.append(_measure(voice, voice.form(f"sections/{section.code}/fields/{field.code}/label"), value))
    return tuple(found)


def _measure(voice: Voice, label: str, value: Any) -> Measured:
    if not value:
        return Measured(label, _NONE, "", voice.label("not_measured"), "open")
    seen = voice.say(reading_in_words(value))
    if value["within"]:
        return Measured(label, seen, voice.allowed(value), voice.label("within"), "done")
    return Measured(label, seen, voice.allowed(value), voice.label("outside"), "stop")


def _checklist(voice: Voice, runs: list[Mapping[str, Any]]) -> Remark | None:
    if not runs:
        return None
    lines, kinds = [], set()
    for run in runs:
        name = voice.procedure(run["procedure"], run["version"])
        done = say_count(
            "{count} of {steps} step done", "{count} of {steps} steps done", run["done"], steps=run["steps"]
        )
        line = voice.say(say("{procedure}: {done}.", procedure=name, done=done))
        if run["stopped"]:
            kinds.add("stop")
            line += " " + voice.say(
                say("Stopped, the machine is not released for use: {reason}", reason=run["stopped"])
            )
        kinds.add("done" if run["state"] == "completed" else "open")
        lines.append(line)
    worst: StateKind = "stop" if "stop" in kinds else "open" if "open" in kinds else "done"
    return Remark(voice.say(say("Checklist")), "\n".join(lines), worst)


def _remarks(voice: Voice, form: Form, shared: Mapping[str, Any], filled: Mapping[str, Any]) -> tuple[Remark, ...]:
    found = [
        Remark(voice.form(f"sections/{section.code}/fields/{field.code}/label"), str(value))
        for section in form.sections
        if not section.repeats
        for field in section.fields
        if _is_remark(section, field.code)
        if (value := (filled.get(section.code) or [{}])[0].get(field.code))
    ]
    if shared["reason"]:
        found.append(Remark(voice.say(say("Sealed although something was missing")), shared["reason"], "soon"))
    found.append(Remark(voice.say(say("About this form")), voice.form("footer")))
    return tuple(found)


def _naming_fallback(sheet: FormSheet, voice: Voice) -> FormSheet:
    """A missing translation is shown openly (product.md, principle 4)."""
    if not voice.fell_back:
        return sheet
    words = voice.say(say("Some words of this form are in English: they are not translated yet."))
    note = Remark(voice.say(say("Language")), words, "unsure")
    return FormSheet(
        **{**{name: getattr(sheet, name) for name in FormSheet.__slots__}, "remarks": (*sheet.remarks, note)}
    )
