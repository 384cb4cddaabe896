"""The Markdown that the guide is written in, as the HTML that Qt's text shows; everything else of it is plain text.

Qt reads Markdown itself, but its document can then be styled only block by block through iterators that PySide 6.11
does not walk safely (they hung or crashed at tables).
"""

import re
from collections.abc import Iterator
from html import escape

_LISTS = {"ol": re.compile(r"\d+\. (.*)"), "ul": re.compile(r"- (.*)")}
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_INLINE = (
    (re.compile(r"&lt;kbd&gt;(.+?)&lt;/kbd&gt;"), r'<span class="key">&nbsp;\1&nbsp;</span>'),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*])\*(?!\s)(.+?)\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"\[([^\]]+)\]\(([^)]+)\)"), r'<a href="\2">\1</a>'),
)


def html_of(markdown: str, *, leftward: bool = False) -> str:
    """The body: headings are `h1` to `h3`, and each has an anchor `h0`, `h1` … in the order of the page. Qt lays the
    columns of a table from the left whatever the direction, so `leftward` turns their order."""
    lines, parts = markdown.splitlines(), []
    at = headings = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            end = next((each for each in range(at + 1, len(lines)) if lines[each].startswith("```")), len(lines))
            parts.append(f"<pre>{escape(chr(10).join(lines[at + 1 : end]))}</pre>")
            at = end + 1
        elif line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            parts.append(f'<h{level}><a name="h{headings}"></a>{_inline(line[level:].strip())}</h{level}>')
            headings, at = headings + 1, at + 1
        else:
            end = _end_of(lines, at)
            if end > at:
                parts.append(_block(lines[at:end], leftward=leftward))
            at = max(end, at + 1)
    return "\n".join(parts)


def _end_of(lines: list[str], at: int) -> int:
    """Where a block ends: at a blank line, a heading or a fence."""
    end = at
    while end < len(lines) and lines[end].strip() and not lines[end].startswith(("#", "```")):
        end += 1
    return end


def _block(lines: list[str], *, leftward: bool) -> str:
    if lines[0].startswith("|"):
        return _table(lines, -1 if leftward else 1)
    for tag, item in _LISTS.items():
        if item.match(lines[0]):
            return _list(tag, lines)
    if image := _IMAGE.fullmatch(" ".join(lines).strip()):
        return f'<p class="picture"><img src="{escape(image[2])}" alt="{escape(image[1])}"></p>'
    return f"<p>{_inline(' '.join(each.strip() for each in lines))}</p>"


def _list(tag: str, lines: list[str]) -> str:
    """A list that goes on after a picture says with which number it begins."""
    number = re.match(r"\d+", lines[0])
    start = f' start="{number[0]}"' if number and number[0] != "1" else ""
    items = "".join(f"<li>{_inline(each)}</li>" for each in _items(_LISTS[tag], lines))
    return f"<{tag}{start}>{items}</{tag}>"


def _items(item: re.Pattern[str], lines: list[str]) -> Iterator[str]:
    said = ""
    for line in lines:
        if found := item.match(line):
            if said:
                yield said
            said = found[1]
        else:
            said = f"{said} {line.strip()}"
    yield said


def _table(lines: list[str], order: int) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")][::order] for line in lines]
    head, body = rows[0], rows[2:]
    made = ["<tr>" + "".join(f"<th>{_inline(cell)}</th>" for cell in head) + "</tr>"]
    made += ["<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in body]
    return f'<table width="100%" cellspacing="0" cellpadding="7">{"".join(made)}</table>'


def _inline(text: str) -> str:
    """Code stands as it is; the rest may be bold, a key, a link."""
    pieces = re.split(r"`([^`]+)`", text)
    return "".join(
        f'<span class="code">{escape(piece)}</span>' if odd else _marked(piece)
        for odd, piece in ((at % 2, piece) for at, piece in enumerate(pieces))
    )


def _marked(text: str) -> str:
    made = escape(text, quote=False)
    for pattern, into in _INLINE:
        made = pattern.sub(into, made)
    return made
