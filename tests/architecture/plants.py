"""One violation each, and the contract, ruff code or source check that has to catch it."""

from dataclasses import dataclass

GATES = ("C901", "INP001", "PLC0415", "TID251", "TID253", "S102", "S307")


@dataclass(frozen=True)
class Plant:
    catcher: str  # a contract id, a ruff code, or "source"
    path: str
    text: str
    says: str = ""  # words that the finding must hold

    def __str__(self) -> str:
        return f"{self.catcher}: {self.path}: {self.text.splitlines()[0] if self.text else 'new'}"


BRANCHES = "def tangled(a: int) -> int:\n" + "".join(f"    if a == {n}:\n        return {n}\n" for n in range(10))
ACTION = 'def keep_note(work: Work) -> None:\n    """Keeps it."""\n'

PLANTS = [
    # ---- layers
    Plant("ui-over-app", "app/views/ticket_list.py", "from ui.theme.colours import INK"),
    Plant("ui-over-app", "app/commands/verify.py", "def f():\n    import ui.work"),
    Plant("app-layers", "app/tickets/rules.py", "from app.units.rules import UnitDraft"),
    Plant("app-layers", "app/tickets/actions.py", "from ..units.queries import notes"),
    Plant("app-layers", "app/tickets/actions.py", "def f():\n    from app.parts import actions"),
    Plant("app-layers", "app/parts/actions.py", "from app.workflows.repair import log_repair"),
    Plant("app-layers", "app/parts/queries.py", "from app.schema import KINDS"),
    Plant("app-layers", "app/store/projections.py", "from app.tickets.records import Ticket"),
    Plant("app-layers", "app/kernel/rights.py", "from app.store.bases import Base"),
    Plant("app-layers", "app/workflows/repair.py", "from app.views.ticket_list import ticket_list"),
    Plant("app-layers", "app/catalog/rules.py", "from app.people.rules import check"),
    Plant("app-layers", "app/content/packs.py", "from app.sync.merge import merge_rows"),
    Plant("app-layers", "app/timing/deadlines.py", "from app.language.formats import text_of"),
    Plant("app-layers", "app/store/outbox.py", "from app.sync.protocol import encode"),
    Plant("app-layers", "app/tickets/queries.py", "if TYPE_CHECKING:\n    from app.units.records import Unit"),
    Plant("app-layers", "app/hub/inbox.py", "from app.commands.verify import verify"),
    Plant("app-layers", "app/extras/__init__.py", "", "extras"),
    Plant("app-layers", "app/helpers.py", "X = 1", "helpers"),
    Plant("ui-layers", "ui/tickets/ticket_list.py", "from ui.units.unit_page import READ as R"),
    Plant("ui-layers", "ui/widgets/heading.py", "from ui.pickers.unit import UnitPicker"),
    Plant("ui-layers", "ui/parts/stock_page.py", "from ui.shell.frame import Frame"),
    Plant("ui-layers", "ui/work.py", "from ui.theme.colours import INK"),
    Plant("ui-layers", "ui/helpers/__init__.py", "", "helpers"),
    # ---- Qt
    Plant("app-without-qt", "app/views/ticket_list.py", "from PySide6.QtCore import QObject"),
    Plant("app-without-qt", "app/store/runner.py", "def f():\n    import shiboken6"),
    Plant("app-without-qt", "app/language/formats.py", "from qtpy.QtCore import QLocale"),
    Plant("app-without-qt", "app/sync/client.py", "if TYPE_CHECKING:\n    from PySide6 import QtCore"),
    # ---- ui
    Plant("ui-without-data", "ui/tickets/ticket_list.py", "from sqlalchemy import select"),
    Plant("ui-without-data", "ui/shell/sync_light.py", "def f():\n    import httpx"),
    Plant("ui-without-data", "ui/parts/stock_page.py", "import sqlite3"),
    Plant("ui-without-store", "ui/work.py", "from app.store.work import Work"),
    Plant("ui-without-store", "ui/shell/sync_light.py", "from app.sync.client import apply_page"),
    Plant("ui-without-store", "ui/widgets/printing.py", "from app.documents.preview import page_count"),
    Plant("ui-without-store", "ui/tickets/repair_form.py", "from app.tickets.records import Ticket"),
    Plant("ui-without-store", "ui/units/unit_page.py", "from app.units import records"),
    Plant("ui-without-store", "ui/shell/palette.py", "from app.schema import KINDS"),
    # ---- pure rooms
    Plant("kernel-pure", "app/kernel/money.py", "import attrs"),
    Plant("kernel-pure", "app/kernel/ids.py", "def f():\n    from cryptography import x509"),
    Plant("timing-pure", "app/timing/deadlines.py", "import holidays"),
    Plant("timing-pure", "app/timing/calendars.py", "import sqlite3"),
    Plant("rules-pure", "app/tickets/rules.py", "from app.tickets.records import Ticket"),
    Plant("rules-pure", "app/parts/rules.py", "from app.parts import queries"),
    Plant("rules-pure", "app/signoff/rules.py", "from app.store.files import keep_file"),
    Plant("rules-pure", "app/people/rules.py", "import sqlalchemy"),
    Plant("rules-pure", "app/sync/protocol.py", "import orjson"),
    Plant("wire-pure", "app/sync/wire.py", "import socket"),
    Plant("rules-pure", "app/sync/merge.py", "from app.sync.transport import post_batch"),
    Plant("rules-pure", "app/units/rules.py", "import time"),
    Plant("documents-draw", "app/documents/signoff_form.py", "from app.store.files import keep_file"),
    Plant("documents-draw", "app/documents/signing.py", "def f():\n    import requests"),
    # ---- doors
    Plant("one-door-each", "app/store/files.py", "def f():\n    import httpx", "httpx"),
    Plant("one-door-each", "app/sync/client.py", "import httpx", "httpx"),
    Plant("one-door-each", "app/documents/verify.py", "def f():\n    import pypdfium2", "pypdfium2"),
    Plant("one-door-each", "app/tickets/texts.py", "from babel.dates import format_date", "babel"),
    Plant("one-door-each", "app/workflows/papers.py", "import reportlab", "reportlab"),
    Plant("one-door-each", "app/commands/verify.py", "from pyhanko.pdf_utils import reader", "pyhanko"),
    Plant("one-door-each", "app/views/today.py", "from starlette.requests import Request", "starlette"),
    Plant("one-door-each", "app/sync/client.py", "import psycopg", "psycopg"),
    Plant("one-door-each", "app/workflows/papers.py", "from psycopg_pool import ConnectionPool", "psycopg_pool"),
    Plant("one-door-each", "app/commands/verify.py", "def f():\n    import uvicorn", "uvicorn"),
    Plant("one-door-each", "app/views/ticket_list.py", "import sqlcipher3", "sqlcipher3"),
    Plant("one-door-each", "app/commands/verify.py", "def f():\n    import alembic.command", "alembic"),
    Plant("nobody-imports-hub", "app/commands/verify.py", "from app.hub.inbox import accept_batch"),
    Plant("nobody-imports-hub", "ui/shell/palette.py", "def f():\n    import app.hub.routes"),
    Plant("no-cycles", "app/store/outbox.py", "from app.store.work import Work"),
    Plant("no-cycles", "app/tickets/records.py", "def f():\n    from app.tickets import queries"),
    # ---- ruff
    Plant("PLC0415", "app/tickets/actions.py", "def f() -> None:\n    from app.kernel import money"),
    Plant(
        "PLC0415",
        "ui/shell/frame.py",
        "def f() -> None:\n    from ui.units import unit_page  # noqa: PLC0415",
    ),
    Plant("PLC0415", "app/store/engine.py", "def f() -> None:\n    import sqlalchemy.event"),
    Plant("TID251", "app/workflows/repair.py", "import importlib\nM = importlib.import_module('ui.work')"),
    Plant("TID251", "ui/shell/frame.py", "from importlib import import_module as load"),
    Plant("TID251", "app/store/runner.py", "import runpy"),
    Plant("TID253", "app/documents/signoff_form.py", "from reportlab.pdfgen import canvas"),
    Plant("TID253", "app/sync/transport.py", "import httpx"),
    Plant("TID253", "app/documents/preview.py", "import pypdfium2 as pdfium"),
    Plant("C901", "app/tickets/rules.py", BRANCHES),
    Plant("INP001", "app/stray/thing.py", "from PySide6 import QtCore"),
    Plant("S102", "app/views/today.py", "exec('import ui.work')"),
    Plant("S307", "app/views/today.py", "eval('1')"),
    # ---- the syntax tree, where ruff and import-linter are blind
    Plant("source", "app/views/today.py", "X = __import__('PySide6')", "loads by name"),
    Plant("source", "app/documents/preview.py", "try:\n    import pypdfium2\nexcept ImportError:\n    pass", "eagerly"),
    Plant("source", "app/documents/signing.py", "class A:\n    from pyhanko.sign import signers", "eagerly"),
    Plant("source", "app/documents/paper.py", "with suppress(ImportError):\n    import reportlab", "eagerly"),
    Plant("source", "app/tickets/texts.py", "def f(work):\n    work.session.commit()", "commit()"),
    Plant("source", "app/store/runner.py", "def f(c):\n    c.commit()", "commit()"),
    Plant("source", "main.py", "from ui.shell.pages import load_page", "main.py may not import"),
    Plant("source", "main.py", "from app.hub import routes", "main.py may not import"),
    Plant("source", "app/views/today.py", "SQL = 'DELETE FROM ticket WHERE rid = 1'", "by text"),
    Plant("source", "app/units/queries.py", "S = text('  update unit set owner = 1')", "by text"),
    Plant("source", "app/sync/client.py", "S = 'DELETE FROM op'", "by text"),
    Plant("source", "app/hub/inbox.py", "def f(c):\n    c.commit()", "commit()"),
    Plant("source", "ui/units/unit_page.py", "S = f'INSERT INTO {table} VALUES (1)'", "by text"),
    Plant("source", "app/units/actions.py", ACTION + "    work.add(Note())", "work.require"),
    Plant("source", "app/units/actions.py", ACTION + "    if True:\n        work.require(R.X)", "work.require"),
    Plant("source", "app/workflows/repair.py", ACTION + "    work.add(Note())", "work.require"),
    Plant("source", "app/parts/actions.py", "def keep(work):\n    work.require(Right.X)", "docstring"),
    Plant("source", "app/parts/__init__.py", "X = 1", "stays empty"),
    Plant("source", "ui/units/unit_page.py", "label.setText('Owner')", "untranslated"),
    Plant("source", "ui/units/unit_page.py", "button = QPushButton(f'Owner {name}')", "untranslated"),
    Plant("source", "ui/units/unit_page.py", "x.setWindowTitle('Unit: ' + name)", "untranslated"),
    Plant("source", "ui/units/unit_page.py", "label.setText(tr(title))", "no literal"),
    Plant("source", "ui/units/unit_page.py", "owner = Label('Owner', 'head')", "'Owner' is shown untranslated"),
    Plant("source", "app/units/texts.py", "A = say(f'Owner {name}')", "no literal"),
    Plant("source", "app/units/texts.py", "A = say_count('1 part', many, 2)", "no literal"),
    Plant("source", "app/units/rules.py", "X = untyped()  # type: ignore", "type: ignore"),
    Plant("source", "app/units/rules.py", "X = 1\n" * 400, "401 lines"),
]
