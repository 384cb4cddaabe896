"""More than 600 texts that nobody should type and somebody will, by the harm they aim at; the same at every run."""

import random
import unicodedata

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e"
_STEERING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SPACES = "".join(chr(n) for n in range(0x3001) if unicodedata.category(chr(n)) in ("Zs", "Zl", "Zp"))
_ARABIC, _HEBREW, _LATIN = "مرحبا بالعالم", "שלום עולם", "Moinho Atlântico"


def _zalgo(word: str) -> str:
    marks, chance = [chr(n) for n in range(0x300, 0x370)], random.Random(3)
    return "".join(sign + "".join(chance.choices(marks, k=20)) for sign in word)


KINDS: dict[str, list[str]] = {
    "controls": [f"a{chr(n)}b" for n in (*range(32), *range(0x7F, 0xA0))],
    "only controls": ["\0", "\x1b", "\x7f\x80", "\r", "\n\n", "\t", "\x0b\x0c", "\x85"],
    "bidi": [
        *(f"{_LATIN} {sign}{_ARABIC} 12" for sign in _STEERING),
        *(f"{sign}FD2A261700428N" for sign in _STEERING),
        "FD2A\u202e824007162N", "\u2066" * 100, "\u2069" * 100, "\u202e\u202d\u2067(x)\u2069", "\u2067<b>\u2069</b>",
    ],
    "right to left": [
        _ARABIC, _HEBREW, f"{_ARABIC} (BL-26) {_LATIN}", f"{_HEBREW}: 12,5 %", f"\u200f{_ARABIC}\u200f",
        "لا إله", "ﷺ", "العربية" * 40, f"{_LATIN} {_HEBREW} 3:4 {_ARABIC}", "١٢٣٤٥٦٧٨٩٠", "۱۲۳", "٪ ٫ ٬",
    ],
    "half characters": ["\ud800", "\udfff", "a\ud83d", "\udc00b", "\udc00\ud800", "\ud83d\ud83d", "x\udcffy"],
    "no characters": ["\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff", "\ue000", "\U000f0000", "\ufffd"],
    "markup": [
        f"<{tag}>{text}</{tag}>" for tag in ("b", "i", "u", "h1", "script", "style", "para", "font", "table",
        "svg", "a")
        for text in ("bold", "alert(1)")
    ] + [
        "<img src=x onerror=alert(1)>", "<img src='file:///etc/passwd'>", "<br>", "<br/>", "<hr>", "<!-- x -->", "<",
        ">", "&", "&amp;", "&lt;b&gt;", "&#60;b&#62;", "&nbsp;", "&unknown;", "&#0;", "&#xD800;",
        "<![CDATA[x]]>", "</p>",
        "<a href='javascript:alert(1)'>x</a>", "<a href=\"file:///C:/\">x</a>", "<?xml version='1.0'?>", "<b",
        "<b <i>",
        "<font color='red' size=99>x", "<seq id='x'/>", "<onDraw name='x'/>", "<unichar code='0'/>", "<html><body>x",
        "<qt>x</qt>", "<span style='font-size:99px'>x</span>",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        "[x](javascript:alert(1))", "**x**", "# x", "`x`", "![x](http://localhost:1/x)", "\\textbf{x}", "(x) Tj ET",
    ],
    "formulas": [
        f"{sign}{rest}" for sign in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d", "\uff0b", "\uff0d",
        "\uff20", "'=", '"=', " =")
        for rest in ("1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://localhost:1\",\"x\")", "SUM(A1:A9)")
    ] + ["=", "-", "+351 22 123", "-1", ";=1", ",=1", '"', '""', "a,b", "a;b", "a\tb", 'a"b', "a\nb", "sep=;", "{=1}"],
    "paths": [
        "../../etc/passwd", "..\\..\\windows", "/etc/passwd", "C:\\Windows", "\\\\server\\share",
        "file:///etc/passwd",
        "~/.ssh/id", "$HOME", "%APPDATA%", "CON", "NUL", "com1", "aux.txt", "a/b", "a\\b", "a:b", "a*b?",
        "a|b", ".", "..",
        "name.", "name ", " name", "-rf", "--profile", "-", "/dev/null", "/dev/stdin", "a\0b", "x" * 300,
    ],
    "sql": [
        "'", "''", "'; DROP TABLE op;--", "\" OR 1=1 --", "1; DELETE FROM ticket", "%", "_", "%%", "\\", "\\'",
        "a%b_c",
        "x' UNION SELECT hash FROM op --", "NEAR(a b)", "a OR b", "a AND NOT b", "a*", "title:x", "^a", "(a",
        "a)", "{a b}",
        "-a", "+a", '"a', "NULL", "?", ":a", "$1", "@a", "[a]", "`a`", "/* a */", "--",
    ],
    "formats": [
        "{}", "{0}", "{name}", "{name!r}", "{name.__class__}", "{0.__globals__}", "{count}", "{{", "}}", "{",
        "}", "{{{", "%s",
        "%n%n%n", "%(name)s", "%d", "%", "100 %", "%1", "%1 %2", "%L1", "${x}", "${jndi:ldap://localhost}",
        "#{x}", "{{7*7}}",
        "<%= 7*7 %>", "$(reboot)", "`reboot`", ";reboot", "&&reboot", "|reboot", "\\n", "\\u0000", "\\x41",
        "\\N{BULLET}", "&a", "&&",
    ],
    "data": [
        "null", "true", "no", "~", "[]", "{}", "- a", "a: b", "*a", "!!python/object/apply:os.system ['x']", "<<: *a",
        "|", ">", "#a", "---", "...", "1e999", "NaN", "Infinity", "-0", "0x10", "1_000", "01", "٣", "½", "Ⅷ",
        "²", "1,5", "[" * 500,
        '{"a":1}', '"prev":"00"', "\\u0022", "2026-02-30", "24:61", "__proto__", "constructor", "undefined",
    ],
    "terminal": [
        "\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;http://localhost\x07x\x1b]8;;\x07",
        "\x9b31m", "\x1b[2J", "\b\b\b", "\a",
    ],
    "emoji": [
        "🧰", "👩🏽‍🔧", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇵🇹", "🇵", "1️⃣", "☕", "☕️", "☕︎", "🧑🏿‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "🫠🪿",
        "🧰" * 100, "👩🏽‍🔧" * 80, "\U000e0041\U000e0042", "\ufe0f", "\u200d", "🏽",
    ],
    "marks": [
        "\u0301", "\u0301\u0302\u0303", "e\u0301", "é", "\u0345", "\u20e3", "\u0e31", "\u093f", "क्षि", "ｶﾞ",
        "한", "\u1112\u1161\u11ab",
        _zalgo("Zalgo"), _zalgo("boiler leaks"), "a" + "\u0301" * 199, "\u0338<", "\u064b\u064b", "ا\u0651\u064e",
    ],
    "spaces": [
        *(f"a{sign}b" for sign in _SPACES), *(f"a{sign}b" for sign in _ZERO_WIDTH), *_ZERO_WIDTH, " ", "   ",
        "\u3000",
        " a ", "\u00a0a\u00a0", "\u2003" * 9, "a\r\nb", "a\rb", "a\u2028b", "a\u2029b", "a\n\n\n\nb",
    ],
    "letters": [
        "ß", "ẞ", "İ", "ı", "ﬀ", "ŉ", "ǅ", "Σίσυφος", "ΐ", "Å", "Å", "Ω", "ſ", "ｆｕｌｌ", "𝔉𝔯𝔞𝔨", "𝟙𝟚", "аdmіn",
        "ᴀ", "œ", "þ",
        "日本語", "繁體", "简体", "ไทย", "हिन्दी", "தமிழ்", "Tiếng Việt", "𐍈", "𠜎𠜱", "ꙮ", "﷽",
    ],
    "lengths": [
        "", "x", "x" * 120, "x" * 121, "x" * 200, "x" * 201, "x " * 150, "x" * 4000, "x" * 4001, "x" * 20_000,
        "x" * 20_001,
        "word " * 4000, "🧰" * 20_000, "م" * 20_000, "字" * 20_000, "\n" * 20_000, "a\n" * 10_000, "<b>" * 6000,
        "{x}" * 6000,
        "\u0301" * 20_000, "\u202e" * 20_000, "=" * 20_000, "'" * 20_000,
    ],
}  # fmt: skip
_SEEDS = [texts[at] for texts in KINDS.values() for at in (0, len(texts) // 2, -1) if len(texts[at]) < 100]
KINDS["within"] = [f"{_LATIN} {text} {_ARABIC}" for text in _SEEDS] + [f"{text}\n{text}" for text in _SEEDS]
STRINGS = tuple(dict.fromkeys(text for texts in KINDS.values() for text in texts))
