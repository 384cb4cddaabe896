"""Drafts of sign-off forms, sealed forms, acceptances, what became of them, and the key this device signs with."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.instants import now
from app.signoff import reads as reading
from app.store.bases import Base, Event, InstantType, Sealed, See, Synced, link, lww
from app.store.reads import Read


class SignForm(Synced):
    """A draft: what will be sealed, in the two branches that a seal has. `corrects` is the id of a sealed form."""

    __tablename__ = "sign_form"
    reads: ClassVar[Mapping[str, Read]] = reading.DRAFT
    form: Mapped[str] = lww(see=See.SHARED)
    version: Mapped[int] = lww(see=See.SHARED)
    language: Mapped[str] = lww(see=See.SHARED, default="en")
    ticket: Mapped[str] = link("ticket", see=See.SHARED)
    repair: Mapped[str] = link("repair", see=See.SHARED)
    unit: Mapped[str] = link("unit", see=See.SHARED)
    corrects: Mapped[str] = link("sealed_form", see=See.SHARED)
    reason: Mapped[str] = lww(see=See.SHARED, default="")
    matter: Mapped[dict[str, Any]] = lww(see=See.SHARED, default=dict)
    private: Mapped[dict[str, Any]] = lww(see=See.PARTNER, default=dict)


class SealedForm(Sealed):
    """`subject_id` is the draft; two seals of one draft are both kept."""

    __tablename__ = "sealed_form"
    branches: ClassVar[Mapping[str, See]] = {
        **dict.fromkeys(
            ("kind", "number", "form", "version", "language", "ticket", "repair", "unit", "values", "runs", "reason",
             "statement", "meaning", "consent", "evidence", "template", "fonts", "issuer", "paper", "at", "zone",
             "device", "previous", "corrects"),
            See.SHARED,
        ),
        **dict.fromkeys(("salt", "customer", "site", "private_values", "signer", "strokes"), See.PARTNER),
    }  # fmt: skip
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = reading.FORM
    ticket: Mapped[str] = link("ticket", see=See.SHARED)
    repair: Mapped[str] = link("repair", see=See.SHARED)
    unit: Mapped[str] = link("unit", see=See.SHARED)


class Acceptance(Sealed):
    """The customer's answer to a sealed form, a document of its own: `subject_id` is the sealed form."""

    __tablename__ = "acceptance"
    branches: ClassVar[Mapping[str, See]] = {
        **dict.fromkeys(
            ("kind", "number", "form", "form_sha256", "version", "language", "outcome", "statement", "meaning",
             "consent", "evidence", "template", "fonts", "issuer", "paper", "at", "zone", "device", "previous"),
            See.SHARED,
        ),
        **dict.fromkeys(("salt", "signer", "received_by", "reason", "witness", "strokes"), See.PARTNER),
    }  # fmt: skip
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = reading.ACCEPTANCE
    outcome: Mapped[str] = lww(see=See.SHARED)


class FormEvent(Event):
    """What became of a sealed document; `subject_id` is a sealed form or an acceptance.

    `rendered`: the file by its hash, which acceptance is in it, and the hashes of the states that can be cut out of
    it. `issued`: the file left this device's hands (printed, saved, sent): from then on it is never touched again.
    """

    __tablename__ = "form_event"
    bodies: ClassVar[Mapping[str, Mapping[str, See]]] = {
        "rendered": {**dict.fromkeys(("sha256", "pages", "acceptance", "states"), See.SHARED)},
        "printed": {"sha256": See.SHARED, "copies": See.SHARED, "way": See.SHARED},
        "issued": {"sha256": See.SHARED, "way": See.SHARED},
        "superseded": {"by": See.SHARED, "reason": See.SHARED},
    }
    reads: ClassVar[Mapping[str, Mapping[str, Read]]] = {
        "rendered": {
            "sha256": Read(needed=True), "pages": Read(int, needed=True), "acceptance": Read(), "states": Read(list),
        },
        "printed": {"copies": Read(int)},
        "superseded": {"by": Read(needed=True)},
    }  # fmt: skip


class DeviceKey(Base):
    """The P-256 key that this device signs files with; it never leaves the encrypted store of this device."""

    __tablename__ = "device_key"
    device: Mapped[str] = mapped_column(String(32), primary_key=True)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    certificate: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[int] = mapped_column(InstantType, default=now)
