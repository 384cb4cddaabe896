"""J1 on the real window, and that nothing of what people say in it is left in the open."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import sizes
from ui.tour.run import LOOKS

ROOT = Path(__file__).parents[2]
SENTINELS = {
    "title": "Zwetschgenwasser under the machine",
    "words": "Quittenbrot says it drips, كلمة سرية للغاية",
    "note": "Holunderblüte asked twice",
    "diagnosis": "Seat scored, Vogelbeere 秘密の言葉",
    "customer": "Hagebutte Kornelkirsche",
    "role": "Mirabellenwirtin",
    "answer": "Exchanged by Berberitze",
}
RARE = ("Zwetschgenwasser", "Quittenbrot", "كلمة سرية", "Holunderblüte", "Vogelbeere", "秘密の言葉",
        "Hagebutte", "Kornelkirsche", "Mirabellenwirtin", "Berberitze")  # fmt: skip
CODE = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
import main
from ui.tour.run import LOOKS, run_tour
from ui.tour.said import Said
out, look, said = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
def opening_for(folder, language):
    words = ["--sample", "--profile", str(folder), "--language", language]
    return main.opening_of(main._desk_words().parse_args(words))
toured = run_tour(
    QApplication([]), out / "tour", opening_for, looks=tuple(each for each in LOOKS if each.name == look),
    said=Said(**said), home=out / "desks", progress=lambda done, of: None,
)
print(json.dumps(toured.failed))
"""


@pytest.mark.parametrize("look", [look.name for look in LOOKS][: sizes.TOURS])
def test_a_repair_goes_from_serial_to_verified_paper_and_leaves_no_word_in_the_open(look: str, tmp_path: Path) -> None:
    words = [sys.executable, "-X", "faulthandler", "-c", CODE, str(tmp_path), look, json.dumps(SENTINELS)]
    temporary = tmp_path / "temporary"  # searched as well: what is only passing through is not in the open either
    temporary.mkdir()
    around = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))

    shown = subprocess.run(words, cwd=ROOT, env=around, capture_output=True, text=True, timeout=300, check=False)

    assert [] == json.loads(shown.stdout or '["the tour ended early"]'), shown.stderr[-2000:]
    told = json.loads((tmp_path / "tour" / "tour.json").read_text(encoding="utf-8"))
    assert 20 <= len(told["steps"])
    assert 1 == len(told["papers"])
    assert [] == in_the_open(tmp_path, shown.stdout + shown.stderr)


def in_the_open(folder: Path, printed: str) -> list[str]:
    """Rare words found in what was printed or in any file but the papers, which are meant to be read."""
    found = [f"printed: {word}" for word in RARE if word in printed]
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".pdf", ".png"):
            content = path.read_bytes()
            found += [
                f"{path.relative_to(folder)}: {word}"
                for word in RARE
                for encoding in ("utf-8", "utf-16-le")
                if word.encode(encoding) in content
            ]
    return found


def test_the_search_would_find_a_word_that_lies_in_the_open(tmp_path: Path) -> None:
    (tmp_path / "left.log").write_bytes("… Berberitze …".encode("utf-16-le"))

    assert ["left.log: Berberitze"] == in_the_open(tmp_path, "")
