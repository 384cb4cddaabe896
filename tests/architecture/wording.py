"""Texts for people: wrapped for the extractor, with literal first arguments."""

import ast
import re
from collections.abc import Iterator

KEYWORDS = {"say": 1, "tr": 1, "say_count": 2, "trn": 2}  # how many leading arguments are texts
SHOWING = {
    *("setText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText"),
    *("setAccessibleName", "setAccessibleDescription", "setInformativeText", "setDetailedText", "setLabelText"),
    *("setPlainText", "showMessage", "setPrefix", "setSuffix", "addItem", "addTab", "addAction", "addMenu"),
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox", "QAction", "QMenu", "addRow"),
}
KIT = {"Label", "Prose", "Button", "Chip", "FilterChip", "Field", "Section", "CheckBox", "Column", "tell", "put"}
_WORD = re.compile(r"[^\W\d_]{2,}")


def problems(tree: ast.AST, *, interface: bool) -> Iterator[str]:
    """Texts that the extractor would miss; in the interface also those that are shown as they stand."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        texts = node.args[: KEYWORDS.get(name, 0)]
        if isinstance(node.func, ast.Name) and not all(_is_literal(text) for text in texts):
            yield f"line {node.lineno}: {name}() gets no literal"
        if interface and name in SHOWING:
            yield from (f"line {node.lineno}: {each!r} is shown untranslated" for each in _loose_words(node.args))
        if interface and name in KIT:  # our widgets: the words come first, then kinds and colours
            yield from (f"line {node.lineno}: {each!r} is shown untranslated" for each in _loose_words(node.args[:1]))


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _loose_words(args: list[ast.expr]) -> Iterator[str]:
    """String parts of the arguments themselves; what stands inside an inner call is that call's affair."""
    waiting: list[ast.AST] = list(args)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _WORD.search(node.value):
            yield node.value
        if isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp):
            waiting.extend(ast.iter_child_nodes(node))
