import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Integer, insert

from app.commands.calling import Exit
from app.commands.line import run
from app.commands.table import COMMANDS
from app.customers.records import Customer
from app.kernel.rights import Actor, How, Right, Role
from app.language.translate import current
from app.schema import KINDS
from app.store.bases import Base, InstantType
from app.store.engine import open_engine
from app.store.opening import open_store
from app.store.profile import Profile, Unlocked, create_profile, create_sample, hold, remove_slots, unlock
from app.store.slots import Cost, SlotKind
from tests.store.test_profile import MemoryRing

ROOT = Path(__file__).parents[2]
ANN = Actor("ann", frozenset(Role), "device-1", How.CHOSEN, frozenset(Right))
WORDS = "four short plain words"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    exit: int
    data: dict[str, Any]
    errors: str


@pytest.fixture
def desk(desk_template: Path, tmp_path: Path) -> Unlocked:
    folder = tmp_path / "desk"
    shutil.copytree(desk_template, folder)
    unlocked = unlock(Profile(folder))
    engine = open_engine(unlocked.profile.store, unlocked.key)
    Base.metadata.create_all(engine)  # other tests' invented kinds, which this process may know
    engine.dispose()
    return unlocked


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    def said(profile: Path, *words: str) -> Said:
        code = run([*words, "--profile", str(profile), "--json"])
        shown = capsys.readouterr()
        return Said(code, json.loads(shown.out), shown.err)

    return said


def save(desk: Unlocked, count: int = 1) -> None:
    with open_store(desk) as store:
        for n in range(count):
            store.write(ANN, lambda work, n=n: work.session.add(Customer(name=f"Customer {n}")))


def customers(desk: Unlocked) -> int:
    with open_store(desk) as store:
        found = store.read(lambda s: s.connection().exec_driver_sql("SELECT count(*) FROM customer").scalar(), (), {})
        return int(found)


def descriptor(text: str) -> str:
    reading, writing = os.pipe()
    os.write(writing, text.encode())
    os.close(writing)
    return str(reading)


def test_every_command_has_a_help_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        assert Exit.OK == run([command.name, "--help"])
        assert f"main.py {command.name}" in capsys.readouterr().out


def test_help_speaks_the_language_that_the_words_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert Exit.OK == run(["status", "--help", "--language", "ar"])
    assert "مجلد ملف التعريف" in capsys.readouterr().out
    assert "en" == current()


def test_option_without_its_value_is_bad_input_of_the_whole_program() -> None:
    shown = subprocess.run([sys.executable, "main.py", "--language"], cwd=ROOT, capture_output=True, text=True)

    assert Exit.BAD_INPUT == shown.returncode
    assert "--language" in shown.stderr


@pytest.mark.parametrize(
    "words", [["sing"], [], ["backup", "--colour"], ["status", "--passphrase-fd", "x"], ["status", "--language"]]
)
def test_unknown_words_are_bad_input(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert Exit.BAD_INPUT == run(words)
    assert "usage" in capsys.readouterr().err


def test_the_command_line_loads_no_qt() -> None:
    code = "import sys, main; main.main(['status', '--help']); print('PySide6' in sys.modules, file=sys.stderr)"

    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "False" == shown.stderr.strip()


def test_status_of_a_new_sample_makes_and_fills_it(tmp_path: Path, say: Any) -> None:
    said = say(tmp_path / "new", "--sample", "status")

    assert (Exit.OK, True, ["passphrase"]) == (said.exit, said.data["sample"], said.data["opened_by"])
    assert 0 < said.data["store"]["operations"]


def test_a_profile_without_a_store_yet_has_a_status_and_no_backup(tmp_path: Path, say: Any) -> None:
    create_sample(tmp_path / "new")

    status, backup = say(tmp_path / "new", "status"), say(tmp_path / "new", "backup")

    assert (Exit.OK, None) == (status.exit, status.data["store"])
    assert (Exit.BAD_INPUT, "missing") == (backup.exit, backup.data["error"]["kind"])


def test_a_person_is_told_who_holds_the_profile_and_how_old_the_backup_is(
    desk: Unlocked, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(desk.profile.folder)
    run(["backup", "--profile", folder])

    with hold(desk.profile):
        run(["status", "--profile", folder])

    shown = capsys.readouterr().out
    assert f"(process {os.getpid()})" in shown
    assert "Backups: 1" in shown


def test_a_backup_that_only_this_machine_opens_says_so(ring: MemoryRing, say: Any, tmp_path: Path) -> None:
    own = create_profile(tmp_path / "own").unlocked
    save(own)
    remove_slots(own, SlotKind.RECOVERY)

    said = say(own.profile.folder, "backup", str(tmp_path / "all"))

    assert (Exit.OK, False) == (said.exit, said.data["opens_elsewhere"])
    assert ring.kept


def test_what_the_operating_system_refuses_is_worded(desk: Unlocked, say: Any, tmp_path: Path) -> None:
    (tmp_path / "all.aftercare-backup").mkdir()

    said = say(desk.profile.folder, "backup", str(tmp_path / "all"))

    assert (Exit.BAD_INPUT, "file") == (said.exit, said.data["error"]["field"])


def test_status_names_operations_and_backups(desk: Unlocked, say: Any) -> None:
    save(desk, 2)
    say(desk.profile.folder, "backup")

    said = say(desk.profile.folder, "status")

    assert (2, 2, 1) == (said.data["store"]["operations"], said.data["store"]["waiting"], said.data["backups"])


def test_a_backup_and_its_restore_bring_back_the_store(desk: Unlocked, say: Any) -> None:
    save(desk)
    made = say(desk.profile.folder, "backup")
    save(desk, 2)

    restored = say(desk.profile.folder, "restore", made.data["path"])

    assert (Exit.OK, Exit.OK) == (made.exit, restored.exit)
    assert 1 == customers(desk)
    assert Path(restored.data["aside"]).is_dir()
    assert 2 == len(say(desk.profile.folder, "restore", "--list").data["backups"])
    assert Exit.OK == say(desk.profile.folder, "restore", "--newest").exit


def test_a_whole_profile_goes_to_another_machine_with_its_passphrase_from_a_descriptor(
    tmp_path: Path, say: Any
) -> None:
    own = create_profile(tmp_path / "own", passphrase=WORDS, cost=Cost(1, 64, 1)).unlocked
    save(own)
    there = tmp_path / "there"

    made = say(own.profile.folder, "backup", str(tmp_path / "all"), "--passphrase-fd", descriptor(WORDS + "\n"))
    wrong = say(there, "restore", made.data["path"], "--passphrase-fd", descriptor("not these words"))
    restored = say(there, "restore", made.data["path"], "--passphrase-fd", descriptor(WORDS))

    assert (Exit.OK, Exit.WRONG_KEY, Exit.OK) == (made.exit, wrong.exit, restored.exit)
    assert made.data["path"].endswith("all.aftercare-backup")
    assert made.data["opens_elsewhere"]
    assert 1 == customers(unlock(Profile(there), passphrase=WORDS))


def test_without_a_passphrase_a_profile_stays_shut(tmp_path: Path, say: Any) -> None:
    create_profile(tmp_path / "own", passphrase=WORDS, cost=Cost(1, 64, 1))

    said = say(tmp_path / "own", "status")

    assert (Exit.WRONG_KEY, "wrong_key", "passphrase") == (
        said.exit, said.data["error"]["kind"], said.data["error"]["field"],
    )  # fmt: skip


def test_a_running_desk_is_read_beside_and_never_restored_under(desk: Unlocked, say: Any) -> None:
    save(desk)
    made = say(desk.profile.folder, "backup")

    with hold(desk.profile):
        codes = [
            say(desk.profile.folder, *words).exit
            for words in (["status"], ["backup"], ["doctor"], ["doctor", "--rebuild"], ["restore", made.data["path"]])
        ]

    assert [Exit.OK, Exit.OK, Exit.OK, Exit.LOCKED, Exit.LOCKED] == codes


@pytest.mark.parametrize(
    "words",
    [["restore"], ["restore", "nowhere"], ["restore", "--newest"], ["restore", __file__], ["backup", "/no/folder/x"]],
)
def test_what_cannot_be_done_with_this_input_says_so(desk: Unlocked, say: Any, words: list[str]) -> None:
    said = say(desk.profile.folder, *words)

    assert said.exit in (Exit.BAD_INPUT, Exit.DAMAGED)
    assert said.data["error"]["message"] in said.errors


def test_a_folder_without_a_profile_is_bad_input(tmp_path: Path, say: Any) -> None:
    assert Exit.BAD_INPUT == say(tmp_path / "nothing", "doctor").exit
    assert not (tmp_path / "nothing").exists()


def test_doctor_finds_a_healthy_profile_healthy_and_rebuilds_it(desk: Unlocked, say: Any) -> None:
    save(desk, 3)
    say(desk.profile.folder, "backup")

    said = say(desk.profile.folder, "doctor", "--rebuild", "--backups")

    assert Exit.OK == said.exit
    assert {"count": 1, "damaged": []} == said.data["backups"]
    assert ([], 0, 0, 0) == tuple(said.data[name] for name in ("pages", "chain", "missing_acts", "spoilt_tail"))
    assert 3 <= said.data["rebuilt"]["entries"]


def test_doctor_finds_damaged_pages_files_and_backups(desk: Unlocked, say: Any) -> None:
    with open_store(desk) as store:
        sha256 = store.write(ANN, lambda work: work.files.keep(b"receipt"), (), {}).result
        path = store.read(lambda session: session.info["files"].path_of(sha256), (), {})
    backup = Path(say(desk.profile.folder, "backup").data["path"])
    for each, where in ((path, 30), (backup, 9000), (desk.profile.store, 9000)):
        data = bytearray(each.read_bytes())
        data[where] ^= 1
        each.write_bytes(data)

    said = say(desk.profile.folder, "doctor", "--backups")

    assert Exit.DAMAGED == said.exit
    assert (1, [path.name], [str(backup)]) == (
        len(said.data["pages"]), said.data["files"]["damaged"], said.data["backups"]["damaged"],
    )  # fmt: skip


def test_doctor_and_restore_as_it_is_for_a_store_that_ends_early(desk: Unlocked, say: Any, announce: Any) -> None:
    save(desk)
    say(desk.profile.folder, "backup")
    short = desk.profile.store.read_bytes()
    save(desk, 2)
    desk.profile.store.write_bytes(short)

    found = say(desk.profile.folder, "doctor")
    refused = say(desk.profile.folder, "doctor", "--rebuild")
    mended = say(desk.profile.folder, "restore", "--as-it-is")

    assert (Exit.DAMAGED, 2, Exit.DAMAGED, Exit.OK) == (
        found.exit, found.data["missing_acts"], refused.exit, mended.exit,
    )  # fmt: skip
    assert 1 == customers(desk)


def test_doctor_offers_the_backups_when_the_store_is_gone(desk: Unlocked, say: Any) -> None:
    save(desk)
    made = say(desk.profile.folder, "backup")
    desk.profile.store.unlink()

    said = say(desk.profile.folder, "doctor")

    assert (Exit.DAMAGED, "gone") == (said.exit, said.data["error"]["harm"])
    assert made.data["path"] == said.data["error"]["backups"][0]["path"]


def test_doctor_lists_links_that_lead_nowhere(desk: Unlocked, say: Any) -> None:
    table = Base.metadata.tables["ticket"]
    name = next(column.name for column in table.columns if "link" in column.info)
    engine = open_engine(desk.profile.store, desk.key)
    with engine.begin() as connection:
        connection.info["migrating"] = True
        needed = [c for c in table.columns if not c.nullable and c.default is None and c.name != "rid"]
        values = {c.name: 0 if isinstance(c.type, Integer | InstantType) else "" for c in needed}
        connection.execute(insert(table).values(**values | {name: "f" * 32}))
    engine.dispose()

    said = say(desk.profile.folder, "doctor")

    assert Exit.NO == said.exit
    assert [("ticket", name, 1)] == [(row["kind"], row["field"], row["count"]) for row in said.data["links"]]


def test_every_link_names_a_kind_that_exists() -> None:
    named = {c.info["link"] for table in Base.metadata.sorted_tables for c in table.columns if "link" in c.info}

    assert set() == {name for name in named if not name.startswith("sample_")} - set(KINDS)


def test_a_full_disk_has_a_code_of_its_own(desk: Unlocked) -> None:
    code = (
        "import resource, sys, main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "sys.exit(main.main(['backup', '--profile', sys.argv[1]]))"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code, str(desk.profile.folder)], cwd=ROOT, capture_output=True, text=True
    )

    assert Exit.DISK == shown.returncode
    assert "make room" in shown.stderr


def test_without_json_a_person_is_answered_in_sentences(desk: Unlocked, capsys: pytest.CaptureFixture[str]) -> None:
    save(desk)

    assert Exit.OK == run(["--profile", str(desk.profile.folder), "doctor", "--language", "en"])

    shown = capsys.readouterr()
    assert "The chain of operations is whole." in shown.out
    assert "Checking every page" in shown.err


@pytest.mark.parametrize("number", ["-1", "987", "99999999999999"])
def test_a_descriptor_that_nobody_opened_is_bad_input(desk: Unlocked, say: Any, number: str) -> None:
    assert Exit.BAD_INPUT == say(desk.profile.folder, "status", f"--passphrase-fd={number}").exit
