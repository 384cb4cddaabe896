"""An Arabic catalogue made for the test: the committed one changes with the product's texts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.language import translate

Texts = str | tuple[str, ...]


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Call it with pairs of source and translation; they are spoken until the test ends."""
    monkeypatch.setattr(translate, "CATALOGUES", tmp_path)

    def speaks(*entries: tuple[Texts, Texts]) -> None:
        catalogue = Catalog(locale="ar")
        for source, target in entries:
            catalogue.add(source, target)
        file = tmp_path / "ar" / "LC_MESSAGES" / "aftercare.mo"
        file.parent.mkdir(parents=True)
        with file.open("wb") as stream:
            write_mo(stream, catalogue)

    before = translate.current()
    yield speaks
    translate.use(before)
