"""Signed papers are accepted by us and by poppler, and anything done to them afterwards is refused."""

import hashlib
import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import NameOID

from app.documents import cms, envelope, signing
from app.documents.cms import ORDER, NotOurs, make_cms, open_cms
from app.documents.device_key import make_device_key
from app.documents.form_paper import draw_form
from app.documents.signing import sign_again, sign_certifying
from app.documents.verdict import REASONS, CertificateState, Status
from app.documents.verify import Knowledge, KnownFile, Trusted, verify_pdf
from tests import sizes
from tests.documents import samples, signed
from tests.lacking import tool

LANGUAGES = ("en", "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_signed_form_is_unchanged_and_names_who_signed_on_which_device(language: str) -> None:
    verdict = verify_pdf(signed.by_both(language))

    assert (Status.UNCHANGED, ()) == (verdict.status, verdict.reasons)
    assert ("PT02-B-000123", "F-02, version 3") == (verdict.number, verdict.template)
    assert hashlib.sha256(samples.data(language)).hexdigest() == verdict.data_sha256 == verdict.seal
    assert ["technician", "customer"] == [found.field for found in verdict.signatures]
    assert {("Device 7F3A", "Moinho Atlântico Lda", CertificateState.SELF_ISSUED)} == {
        (found.device, found.partner, found.certificate_state) for found in verdict.signatures
    }
    assert "unchanged" == verdict.to_json()["status"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_poppler_calls_every_signature_valid_and_the_last_one_total(tmp_path: Path, language: str) -> None:
    for pdf, count in ((signed.by_technician(language), 1), (signed.by_both(language), 2)):
        (tmp_path / "form.pdf").write_bytes(pdf)
        done = subprocess.run([tool("pdfsig"), "-nocert", tmp_path / "form.pdf"], capture_output=True, text=True)

        assert count == done.stdout.count("Signature Validation: Signature is Valid.")
        assert 1 == done.stdout.count("  - Total document signed")
        assert count == done.stdout.count("ETSI.CAdES.detached")


@pytest.mark.parametrize("language", LANGUAGES)
def test_signed_form_passes_qpdf_with_every_font_embedded(tmp_path: Path, language: str) -> None:
    (tmp_path / "form.pdf").write_bytes(signed.by_both(language))

    checked = subprocess.run([tool("qpdf"), "--check", tmp_path / "form.pdf"], capture_output=True, text=True)
    fonts = subprocess.run([tool("pdffonts"), tmp_path / "form.pdf"], capture_output=True, text=True)

    assert (0, "") == (checked.returncode, checked.stderr)
    assert [] == [row for row in fonts.stdout.splitlines()[2:] if not re.search(r"yes yes yes +\d+ +0$", row)]


def test_signed_file_begins_with_the_paper_as_it_is_drawn_again_from_its_data() -> None:
    def regenerate(data: bytes) -> bytes | None:
        assert samples.data("en") == data
        return draw_form(samples.form("en")).pdf

    verdict = verify_pdf(signed.by_both("en"), Knowledge(regenerate=regenerate))
    other = verify_pdf(signed.by_both("en"), Knowledge(regenerate=lambda data: b"%PDF-1.7 another"))
    unable = verify_pdf(signed.by_both("en"), Knowledge(regenerate=lambda data: None))

    assert (True, Status.UNCHANGED) == (verdict.printed_from_data, verdict.status)
    assert (False, ("print_differs",)) == (other.printed_from_data, other.reasons)
    assert unable.printed_from_data is None


def test_printed_hash_is_compared_with_the_data_inside() -> None:
    right = verify_pdf(signed.by_both("en"), Knowledge(fingerprint=lambda d: hashlib.sha256(d).hexdigest()))
    wrong = verify_pdf(signed.by_both("en"), Knowledge(fingerprint=lambda d: "0" * 64))

    assert (Status.UNCHANGED, Status.CHANGED) == (right.status, wrong.status)
    assert ("seal_differs",) == wrong.reasons


def test_no_byte_can_be_changed_anywhere() -> None:
    pdf = signed.by_both("en")
    chance = random.Random(20261121)
    inside = [p for gap in _gaps(pdf) for p in chance.sample(range(*gap), sizes.FLIPS)]
    places = inside + [chance.randrange(len(pdf)) for _ in range(sizes.FLIPS * 4)]

    verdicts = {place: verify_pdf(_flipped(pdf, place, chance.randrange(1, 256))).status for place in places}

    assert [] == [place for place, status in verdicts.items() if status != Status.CHANGED]


def _gaps(pdf: bytes) -> list[tuple[int, int]]:
    return [(seal.start, seal.stop) for seal in envelope.open_envelope(pdf).seals]


def _flipped(pdf: bytes, place: int, mask: int) -> bytes:
    return pdf[:place] + bytes((pdf[place] ^ mask,)) + pdf[place + 1 :]


def test_no_byte_of_a_signature_can_be_changed() -> None:
    key = signed.device()
    digest = hashlib.sha256(b"document").digest()
    der = make_cms(digest, key.signing_key(), key.certificate)

    for place in range(len(der)):
        for mask in (1, 0x20, 0x80):
            with pytest.raises(NotOurs):
                open_cms(_flipped(der, place, mask), digest)


def test_certificate_of_a_known_device_does_not_help_another_key() -> None:
    stranger = make_device_key(device="Device 7F3A", partner="Moinho Atlântico Lda", at=samples.AT)
    digest = hashlib.sha256(b"document").digest()
    forged = make_cms(digest, stranger.signing_key(), signed.device().certificate)

    with pytest.raises(NotOurs, match="InvalidSignature"):
        open_cms(forged, digest)


def test_hex_digits_of_a_signature_have_one_spelling() -> None:
    pdf = signed.by_both("en")
    start, stop = _gaps(pdf)[0]
    letter = next(p for p in range(start, stop) if pdf[p : p + 1] in b"ABCDEF")

    verdict = verify_pdf(pdf[:letter] + pdf[letter : letter + 1].lower() + pdf[letter + 1 :])

    assert (Status.CHANGED, ("signature_spelling",)) == (verdict.status, verdict.reasons)


def test_room_behind_a_signature_holds_zeros_alone() -> None:
    pdf = signed.by_both("en")
    _, stop = _gaps(pdf)[1]

    verdict = verify_pdf(pdf[: stop - 2] + b"1" + pdf[stop - 1 :])

    assert (Status.CHANGED, ("signature_padding",)) == (verdict.status, verdict.reasons)


def test_second_valid_form_of_a_signature_value_is_refused() -> None:
    key = signed.device()
    digest = hashlib.sha256(b"document").digest()
    der = make_cms(digest, key.signing_key(), key.certificate)
    _, signature = cms._parts(der)
    r, s = decode_dss_signature(signature)
    attributes = cms._attributes(digest, key.certificate)
    twin = cms._assemble(attributes, encode_dss_signature(r, ORDER - s), key.certificate)

    assert key.certificate == open_cms(der, digest).certificate
    with pytest.raises(NotOurs, match="signature value"):
        open_cms(twin, digest)


@pytest.mark.parametrize("change", ["over-paint", "delete page", "swap data"])
def test_revision_on_top_of_the_last_signature_is_refused(change: str) -> None:
    verdict = verify_pdf(signed.revised(signed.by_both("en"), change))

    assert (Status.CHANGED, ("after_last_signature",)) == (verdict.status, verdict.reasons)


@pytest.mark.parametrize("change", ["over-paint", "swap data"])
def test_revision_hidden_below_a_later_signature_of_the_same_device_is_refused(change: str) -> None:
    spoiled = signed.revised(signed.by_technician("en"), change)

    verdict = verify_pdf(sign_again(spoiled, signed.device(), signed.act("en", "customer", signed.drawn("en"))))

    assert (Status.CHANGED, ("extra_revision",)) == (verdict.status, verdict.reasons)


def test_change_inside_the_revision_of_a_later_signature_is_found_by_difference_analysis() -> None:
    spoiled = _signed_with_paint_in_one_revision()

    verdict = verify_pdf(spoiled)

    assert (Status.CHANGED, ("forbidden_change",)) == (verdict.status, verdict.reasons)


def _signed_with_paint_in_one_revision() -> bytes:
    """What a thief of the device's key would do: sign and over-paint in the same revision."""
    make_writer = signing._writer

    def painted(pdf: bytes) -> object:
        writer = make_writer(pdf)
        signed._over_paint(writer)
        return writer

    with patch.object(signing, "_writer", painted):
        return sign_again(signed.by_technician("en"), signed.device(), signed.act("en", "customer", signed.drawn("en")))


def test_table_that_leaves_out_a_signed_revision_is_refused() -> None:
    """Over-paint between the signatures, and its table leads past the technician's revision to the bare paper."""
    first = signed.by_technician("en")
    spoiled = signed.revised(first, "over-paint")
    tables = [int(m.group(1)) for m in re.finditer(rb"startxref\n(\d+)\n", first)]
    pdf = sign_again(spoiled, signed.device(), signed.act("en", "customer", signed.drawn("en")))
    past = pdf[: len(first)] + pdf[len(first) :].replace(b"/Prev %d" % tables[1], b"/Prev %d" % tables[0], 1)
    gaps = list(envelope._gaps(past))

    verdict = verify_pdf(_signed_again(bytearray(past), gaps[1:]))

    assert (len(pdf), 2) == (len(past), len(gaps)) and past != pdf
    assert (Status.CHANGED, ("extra_revision",)) == (verdict.status, verdict.reasons)


def test_data_other_than_the_paper_names_is_refused() -> None:
    form = signed.drawn("en")
    named = hashlib.sha256(samples.data("en")).hexdigest().encode()
    place = form.pdf.rindex(named, 0, form.pdf.index(b"/AftercareNumber"))
    spoiled = form.pdf[:place] + named[::-1] + form.pdf[place + 64 :]

    verdict = verify_pdf(sign_certifying(spoiled, signed.device(), signed.act("en", "technician", form), form.places))

    assert b"/AftercareData (" == spoiled[place - 16 : place]
    assert (Status.CHANGED, ("data_differs",)) == (verdict.status, verdict.reasons)


def test_paper_changed_before_it_was_certified_is_refused() -> None:
    form = signed.drawn("en")
    spoiled = signed.revised(form.pdf, "swap data")

    verdict = verify_pdf(sign_certifying(spoiled, signed.device(), signed.act("en", "technician", form), form.places))

    assert (Status.CHANGED, ("extra_revision",)) == (verdict.status, verdict.reasons)


def test_earlier_state_cut_out_of_the_file_is_named_as_such() -> None:
    latest = signed.by_both("en")
    states = envelope.states(latest)
    knowledge = Knowledge(known={"PT02-B-000123": KnownFile(hashlib.sha256(latest).hexdigest(), states)})

    cut = [verify_pdf(pdf, knowledge).status for pdf in (signed.drawn("en").pdf, signed.by_technician("en"))]

    assert latest.startswith(signed.by_technician("en"))
    assert [Status.EARLIER_STATE, Status.EARLIER_STATE] == cut
    assert Status.UNCHANGED == verify_pdf(latest, knowledge).status


def test_earlier_state_unknown_to_the_asker_says_which_signature_is_still_open() -> None:
    verdict = verify_pdf(signed.by_technician("en"))

    assert (Status.UNCHANGED, ("customer",)) == (verdict.status, verdict.open_fields)


def test_genuine_file_that_is_not_the_kept_one_is_refused() -> None:
    knowledge = Knowledge(known={"PT02-B-000123": KnownFile("0" * 64)})

    verdict = verify_pdf(signed.by_both("en"), knowledge)

    assert (Status.CHANGED, ("other_file_kept",)) == (verdict.status, verdict.reasons)


def test_unsigned_paper_is_no_signed_form() -> None:
    verdict = verify_pdf(signed.drawn("en").pdf)

    assert (Status.CHANGED, ("no_signature",)) == (verdict.status, verdict.reasons)


def test_device_that_is_not_known_is_not_ours_and_a_known_one_is() -> None:
    known = Knowledge(trusted=Trusted(devices=(signed.device().certificate,)))
    strangers = Knowledge(trusted=Trusted())

    verdicts = [verify_pdf(signed.by_both("en"), knowledge).status for knowledge in (known, strangers)]

    assert [Status.UNCHANGED, Status.NOT_OURS] == verdicts


def test_device_whose_key_the_hub_has_certified_is_confirmed() -> None:
    hub = make_device_key(device="Hub", partner="Averdell", at=samples.AT)
    own = x509.load_der_x509_certificate(signed.device().certificate)
    certified = (
        x509.CertificateBuilder(extensions=list(own.extensions))
        .subject_name(own.subject)
        .issuer_name(x509.load_der_x509_certificate(hub.certificate).subject)
        .public_key(own.public_key())
        .serial_number(7)
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(hub.signing_key(), hashes.SHA256())
    )
    key = replace(signed.device(), certificate=certified.public_bytes(serialization.Encoding.DER))
    form = signed.drawn("en")
    pdf = sign_certifying(form.pdf, key, signed.act("en", "technician", form), form.places)

    confirmed = verify_pdf(pdf, Knowledge(trusted=Trusted(issuers=(hub.certificate,))))
    alone = verify_pdf(pdf)

    assert "Averdell" == certified.issuer.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value
    assert CertificateState.CONFIRMED == confirmed.signatures[0].certificate_state
    assert CertificateState.UNKNOWN == alone.signatures[0].certificate_state


def test_stranger_who_signs_a_copy_of_our_paper_is_not_ours() -> None:
    form = signed.drawn("en")
    stranger = make_device_key(device="Device 7F3A", partner="Moinho Atlântico Lda", at=samples.AT)
    forged = sign_certifying(form.pdf, stranger, signed.act("en", "technician", form), form.places)

    verdict = verify_pdf(forged, Knowledge(trusted=Trusted(devices=(signed.device().certificate,))))

    assert (Status.NOT_OURS, ("unknown_device",)) == (verdict.status, verdict.reasons)


HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "head": b"%PDF-1.7\n",
    "head and end": b"%PDF-1.7\n%%EOF\n",
    "nested": b"%PDF-1.7\n" + b"[" * 1_000_000 + b"%%EOF\n",
    "ranges": b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]" * 50_000 + b"%%EOF\n",
    "fitting ranges": b"%PDF-1.7\n" + b"<>/ByteRange [0 9 11 200000]" * 10_000 + b"%%EOF\n",
    "loop": b"%PDF-1.7\nxref\n0 1\ntrailer\n<</Prev 9>>\nstartxref\n9\n%%EOF\n",
    "big": b"%PDF-1.7\n" + bytes(200_000_000) + b"%%EOF\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_ends_in_a_verdict(name: str) -> None:
    verdict = verify_pdf(HOSTILE[name])

    assert Status.NOT_OURS == verdict.status
    assert set(verdict.reasons) <= set(REASONS)


def test_random_and_truncated_files_end_in_a_verdict() -> None:
    chance = random.Random(7)
    pdf = signed.by_both("en")
    files = [chance.randbytes(chance.randrange(5_000)) for _ in range(50)]
    files += [pdf[: chance.randrange(len(pdf))] for _ in range(50)]

    statuses = {verify_pdf(file).status for file in files}

    assert {Status.NOT_OURS, Status.CHANGED} == statuses


def test_spoiled_file_with_signatures_that_hold_ends_in_a_verdict() -> None:
    """A stranger signs whatever he likes, so that the parser gets to see it: wrong references, loops, broken syntax."""
    chance = random.Random(11)
    pdf = signed.by_both("en")
    gaps = list(envelope._gaps(pdf))
    references = [match.span(1) for match in re.finditer(rb"(\d+) 0 R", pdf)]

    for _ in range(sizes.FLIPS):
        spoiled = bytearray(pdf)
        start, stop = chance.choice(references)
        spoiled[start:stop] = str(chance.randrange(1, 150)).zfill(stop - start)[start - stop :].encode()
        spoiled[chance.randrange(len(pdf))] = chance.randrange(256)
        verdict = verify_pdf(_signed_again(spoiled, gaps))
        assert set(verdict.reasons) <= set(REASONS)


def _signed_again(spoiled: bytearray, gaps: list[tuple[int, int, int]]) -> bytes:
    """The same gaps, filled with signatures over the spoiled bytes."""
    key = signed.device()
    for start, stop, end in gaps:
        digest = hashlib.sha256(spoiled[:start] + spoiled[stop:end]).digest()
        digits = make_cms(digest, key.signing_key(), key.certificate).hex().upper().encode()
        spoiled[start + 1 : stop - 1] = digits.ljust(stop - start - 2, b"0")
    return bytes(spoiled)


def test_words_of_a_user_that_look_like_a_signature_do_not_spoil_a_form() -> None:
    words = "/ByteRange [0 12 34 56] startxref 9 %%EOF /Prev 3 trailer XRefStm"
    sheet = samples.form("en", frame=samples.frame("en", title=words, issuer=words))
    form = draw_form(sheet)
    act = replace(signed.act("en", "technician", signed.drawn("en")), name=words, reason=words, location=words)

    verdict = verify_pdf(sign_certifying(form.pdf, signed.device(), act, form.places))

    assert (Status.UNCHANGED, words) == (verdict.status, verdict.signatures[0].name)


def test_private_key_is_not_in_the_words_of_a_device_key() -> None:
    assert signed.device().private.hex() not in repr(signed.device())
    assert "private" not in repr(signed.device())
