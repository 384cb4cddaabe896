"""What no committed text may hold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PLACES = ("app", "ui", "resources", "migrations", "translations", "tests", "docs", ".ci")
ENDINGS = {".py", ".md", ".toml", ".lock", ".yaml", ".yml", ".json", ".po", ".pot", ".txt", ".svg", ""}
HOSTS = ("pypi." + "org", "python" + "hosted.org", "npmjs." + "org", "npmjs." + "com", "deb." + "debian.org")
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the product with its place."""
    files = [file for place in PLACES for file in sorted((ROOT / place).rglob("*"))]
    for file in [*ROOT.glob("*"), *files]:
        if file.is_file() and file.suffix in ENDINGS and "__pycache__" not in file.parts:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")


def test_no_file_names_the_host_of_a_registry() -> None:
    assert [] == [(path, host) for path, text in texts() for host in HOSTS if host in text]


def test_no_code_is_left_for_later() -> None:
    assert [] == [path for path, text in texts() if path.endswith(".py") and LEFT_OVER.search(text)]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/architecture.md"])
def test_paper_that_a_newcomer_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_relative_links_of_the_papers_lead_somewhere() -> None:
    links = [
        (path, target)
        for path, text in texts()
        if path.endswith(".md")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    ]

    assert [] == [(path, target) for path, target in links if not ((ROOT / path).parent / Path(target)).exists()]


def test_every_function_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:app|ui|tests|main)[\w/]*\.py)(?:: (\w+))?`", text)

    missing = [
        (path, name)
        for path, name in named
        if not (ROOT / path).is_file()
        or (
            name
            and not re.search(
                rf"^\s*(async def|def|class) {name}\b", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
    ]

    assert len(named) > 40
    assert [] == missing


def test_pictures_of_the_papers_are_small_and_each_is_shown() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    shown = "".join(text for path, text in texts() if path.endswith(".md"))

    assert [] == [each.name for each in pictures if f"pictures/{each.name})" not in shown]
    assert max(each.stat().st_size for each in pictures) <= 250_000
    assert sum(each.stat().st_size for each in pictures) <= 2_500_000
