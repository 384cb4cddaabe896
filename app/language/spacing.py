"""Chinese is written without spaces; one stands where its characters meet a value in other letters or in digits."""

import re
from collections.abc import Iterable

from app.language.languages import language_of

_HAN = "[\u3400-\u9fff]"
_OTHER = r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff_]"
# Compiled when they are first asked: before that they took 8 ms of each start, in whatever language.
_BEFORE = f"{_HAN}(?:{_OTHER}|{{)|{_OTHER}{_HAN}"  # a brace: a number that is filled in later
_AFTER = f"(?:{_OTHER}|}}){_HAN}|{_HAN}{_OTHER}"
_FULL_WIDTH = tuple("。！？")  # noqa: RUF001


def spaced(value: str, before: str, after: str) -> str:
    """`value` with a space on each side where it and the text around it need one: `第` 3 `步` is `第 3 步`."""
    if not value:
        return value
    left = " " if re.match(_BEFORE, before[-1:] + value[0]) else ""
    right = " " if re.match(_AFTER, value[-1] + after[:1]) else ""
    return f"{left}{value}{right}"


def joined(sentences: Iterable[str], language: str) -> str:
    """Sentences one behind the other: after a Chinese full stop no space."""
    han, text = language_of(language).han, ""
    for each in filter(None, sentences):
        text += each if not text or (han and text.endswith(_FULL_WIDTH)) else f" {each}"
    return text


def stopped(text: str) -> str:
    """`text` with the full stop of its last letter, unless it has one."""
    if not text or text.endswith((".", "。")):
        return text
    return f"{text}。" if re.match(_HAN, text[-1]) else f"{text}."
