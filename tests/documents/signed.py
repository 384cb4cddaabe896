"""Signed sample papers, and the ways in which somebody could spoil them."""

import io
from dataclasses import replace
from functools import cache

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.documents.device_key import DeviceKey, make_device_key
from app.documents.form_paper import Drawn, draw_form
from app.documents.signing import Signing, sign_again, sign_certifying
from app.documents.stamp_paper import Stamp, draw_stamp
from tests.documents import samples

LINES = {
    "en": ("Sealed by device 7F3A of Moinho Atlântico Lda", "24 November 2026, 11:25 (Europe/Lisbon)"),
    "ar": ("ختم جهاز 7F3A، مؤسسة نخلة للضيافة", "24 نوفمبر 2026، 11:25"),
}


@cache
def device() -> DeviceKey:
    return make_device_key(device="Device 7F3A", partner="Moinho Atlântico Lda", at=samples.AT)


@cache
def drawn(language: str) -> Drawn:
    return draw_form(samples.form(language))


def act(language: str, field: str, form: Drawn) -> Signing:
    """One act of signing, with its look."""
    place = next(place for place in form.places if place.name == field)
    signer = None
    if field == "customer":
        signer = replace(samples.technician(language), name="Teresa Teixeira", field="customer")
    look = draw_stamp(Stamp(language, samples.frame(language).direction, place, LINES[language], samples.AT, signer))
    return Signing(field, "Teresa Teixeira", "Customer, signed on this device", samples.AT, "Porto", look)


@cache
def by_technician(language: str) -> bytes:
    form = drawn(language)
    return sign_certifying(form.pdf, device(), act(language, "technician", form), form.places)


@cache
def by_both(language: str) -> bytes:
    return sign_again(by_technician(language), device(), act(language, "customer", drawn(language)))


def revised(pdf: bytes, change: str) -> bytes:
    """`pdf` with a forbidden revision on top."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    {"over-paint": _over_paint, "delete page": _delete_page, "swap data": _swap_data}[change](writer)
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko gives it no types
    return output.getvalue()


def _over_paint(writer: IncrementalPdfFileWriter) -> None:
    paint = writer.add_object(generic.StreamObject(stream_data=b"0 0 0 rg 60 600 200 40 re f"))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), paint])
    writer.update_container(page)


def _delete_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages["/Kids"] = generic.ArrayObject()
    pages["/Count"] = generic.NumberObject(0)  # type: ignore[no-untyped-call]  # pyHanko gives it no types
    writer.update_container(pages)


def _swap_data(writer: IncrementalPdfFileWriter) -> None:
    spec = writer.root["/AF"][0]
    other = writer.add_object(generic.StreamObject(stream_data=b'{"number":"PT02-B-000999"}'))
    files = {generic.pdf_name("/F"): other, generic.pdf_name("/UF"): other}
    spec["/EF"] = generic.DictionaryObject(files)  # type: ignore[no-untyped-call]  # pyHanko gives it no types
    writer.update_container(spec)
