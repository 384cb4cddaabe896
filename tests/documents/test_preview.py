"""A PDF that somebody attached is hostile: pages are drawn or refused, and nothing in them runs."""

import random
from pathlib import Path

import pytest

from app.documents.preview import page_count, render_page
from app.kernel.errors import Trouble, UserError

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]>>"
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def pdf(*objects: bytes) -> bytes:
    """A file of these objects, the first of which is its root."""
    out, places = b"%PDF-1.7\n", []
    for n, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


@pytest.mark.parametrize("tree", [b"<</Type/Pages/Kids[9 0 R]/Count 1>>", b"<</Type/Pages/Kids[3 0 R]/Count 5>>"])
def test_a_page_that_is_not_there_is_damage(tree: bytes) -> None:
    with pytest.raises(UserError) as refused:
        render_page(pdf(b"<</Type/Catalog/Pages 2 0 R>>", tree, PAGE), 4 if b"5" in tree else 0, 96)

    assert Trouble.DAMAGED == refused.value.kind


@pytest.mark.parametrize("box", [b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 -9 -9", b"0 0 .0001 .0001", b"x y z"])
def test_a_page_of_any_size_is_drawn_within_limits(box: bytes) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]>>" % box

    drawn = render_page(pdf(b"<</Type/Catalog/Pages 2 0 R>>", TREE, page), 0, 96, largest=500)

    assert 0 < max(drawn.width, drawn.height) <= 500


def test_what_a_page_wants_to_start_is_not_started(tmp_path: Path) -> None:
    catalog = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>"
    launch = b"<</S/Launch/F(%s)/Next<</S/JavaScript/JS(while\\(1\\){})>>>>" % str(tmp_path / "x").encode()

    assert 1 == page_count(pdf(catalog, TREE, PAGE, launch))
    assert [] == list(tmp_path.iterdir())


def test_random_changes_draw_or_are_refused() -> None:
    chance, whole = random.Random(5), pdf(b"<</Type/Catalog/Pages 2 0 R>>", TREE, PAGE)
    for _ in range(200):
        spoilt = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        try:
            render_page(bytes(spoilt), 0, 20, largest=200)
        except UserError as refused:
            assert Trouble.DAMAGED == refused.kind
