"""The shipped sample, loaded once, and a tiny pack that tests may break."""

import textwrap
from datetime import date
from functools import cache
from pathlib import Path

from app.catalog.catalog import Catalog, build_catalog
from app.content.items import Published
from app.content.loading import load_pack, read_items
from app.content.mistakes import BrokenPack, Mistake
from app.content.publish import build_pack, read_publisher
from app.content.published.warranty import CustomerKind, ProductClass, WarrantyPolicy
from app.warranty.rules.deciding import policy_for
from app.warranty.rules.facts import Facts

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "averdell"

ABOUT = """\
version: 1
valid_from: 2026-01-05
source: made for a test
checked_on: 2026-11-02
checked_by: a tester
review_due: 2027-11-02
items:
"""


@cache
def averdell() -> Published:
    """The sample as shipped, signature and all."""
    return load_pack(FOLDER, publisher=read_publisher(FOLDER))


@cache
def catalog() -> Catalog:
    """The catalogue of the sample."""
    return build_catalog(averdell().items, averdell().texts)


def policy_on(
    market: str, *, product_class: ProductClass, customer_kind: CustomerKind, day: date
) -> WarrantyPolicy | None:
    """The policy for something that is sold on `day`."""
    facts = Facts(day, customer_kind, market, product_class, invoice=day)
    return policy_for(catalog().policies.values(), facts)


def yaml(kind: str, items: str) -> bytes:
    """A file of one kind; its first item stands in line 9."""
    return f"kind: {kind}\n{ABOUT}{textwrap.indent(textwrap.dedent(items), '  ')}".encode()


def small_files() -> dict[str, bytes]:
    """The smallest pack that is worth breaking: one assembly, two ticket kinds, an Arabic name."""
    kind = "- {{code: {code}, name: {name}, hint: Say more, rank: {rank}, icon: wrench, needs_unit: true}}\n"
    arabic = """\
language: ar
translator: a tester
texts:
  assembly/C:
    name: {from: Boilers, to: "الغلايات"}
"""
    return {
        "assemblies.yaml": yaml("assembly", "- {code: C, name: Boilers}\n"),
        "kinds.yaml": yaml(
            "ticket_kind",
            kind.format(code="how_to", name="How to", rank=1) + kind.format(code="quality", name="Quality", rank=2),
        ),
        "texts/ar.yaml": arabic.encode(),
    }


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    """`files` on disk, unsigned."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def signed_pack(folder: Path) -> tuple[Path, bytes]:
    """The small pack in `folder`/pack, signed, and the key that signed it."""
    write_files(folder / "pack", small_files())
    return folder / "pack", build_pack(folder / "pack", version=1).publisher


def mistakes_of(files: dict[str, bytes]) -> tuple[Mistake, ...]:
    """What reading these files reports; empty when they are right."""
    try:
        read_items(files)
    except BrokenPack as broken:
        return broken.mistakes
    return ()


def told(mistake: Mistake) -> str:
    """file:line: sentence, as an author reads it."""
    return f"{mistake.file}:{mistake.line}: {mistake.message.msgid.format(**mistake.message.values)}"
