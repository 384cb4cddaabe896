import hashlib
import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.sign.signers import pdf_byterange

from app.commands.line import run
from app.kernel.errors import UserError
from app.language.speaking import speak
from app.signoff import actions, queries
from app.signoff.rules import Outcome, qr_payload
from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.sessions import ThreadStore
from app.workflows import papers
from app.workflows.verifying import printed_hash, verify_file, what_is_known
from tests import lacking
from tests.signoff.conftest import Bench
from tests.signoff.test_signing import ANSWERS, SIGNED

REASONS = {f"exchange/{n}/reason": {"as": "choice", "code": "failed"} for n in (0, 1)}


def signed_form(bench: Bench) -> tuple[str, bytes]:
    sealed = bench.seal(typed=REASONS, reason="")
    bench.render(sealed)
    return sealed, file_of(bench, sealed)


def file_of(bench: Bench, sealed: str) -> bytes:
    latest = bench.form(sealed).file
    assert latest
    return bench.pdf(latest.sha256)


def check(bench: Bench, data: bytes) -> str:
    return str(verify_file(data, bench.read(what_is_known)).verdict.status)


def tool(*words: str) -> str:
    return subprocess.run([lacking.tool(words[0]), *words[1:]], capture_output=True, text=True, check=True).stdout


def test_the_form_is_drawn_signed_and_kept_by_its_hash(bench: Bench, tmp_path: Path) -> None:
    sealed, pdf = signed_form(bench)
    (tmp_path / "form.pdf").write_bytes(pdf)

    facts = bench.form(sealed)
    assert facts.file is not None
    assert hashlib.sha256(pdf).hexdigest() == facts.file.sha256
    assert 0 < facts.file.pages < 4
    tool("qpdf", "--check", str(tmp_path / "form.pdf"))
    assert 1 == tool("pdfsig", "-nocert", str(tmp_path / "form.pdf")).count("Signature is Valid.")
    words = " ".join(tool("pdftotext", "-raw", str(tmp_path / "form.pdf"), "-").split())
    for expected in ("Component exchange", "BL-2634-0215-F", "1.80 bar", "Tiago Moreira", "Café Ribeira Alta"):
        assert expected in words


def test_a_file_is_made_once_however_often_it_is_asked_for(bench: Bench) -> None:
    sealed, _ = signed_form(bench)

    bench.render(sealed)

    assert 1 == len(bench.form(sealed).files)


def test_an_acceptance_before_the_file_is_issued_is_its_second_signature(bench: Bench, tmp_path: Path) -> None:
    sealed, first = signed_form(bench)

    answer = bench.accept(sealed, SIGNED)
    bench.render(answer)

    second = file_of(bench, sealed)
    (tmp_path / "form.pdf").write_bytes(second)
    assert second.startswith(first)
    assert answer == bench.form(sealed).files[-1].acceptance
    assert 2 == tool("pdfsig", "-nocert", str(tmp_path / "form.pdf")).count("Signature is Valid.")
    tool("qpdf", "--check", str(tmp_path / "form.pdf"))
    assert ("unchanged", "earlier_state") == (check(bench, second), check(bench, first))


@pytest.mark.parametrize("outcome", [Outcome.PAPER, Outcome.ABSENT, Outcome.REFUSED])
def test_any_other_answer_is_a_page_of_its_own_that_names_the_form(
    bench: Bench, tmp_path: Path, outcome: Outcome
) -> None:
    sealed, first = signed_form(bench)

    answer = bench.accept(sealed, ANSWERS[outcome])
    bench.render(answer)

    (file,) = bench.read(queries.files_of, answer)
    (tmp_path / "answer.pdf").write_bytes(bench.pdf(file.sha256))
    words = tool("pdftotext", "-raw", str(tmp_path / "answer.pdf"), "-")
    assert bench.form(sealed).sealed.number in words
    assert bench.form(sealed).sealed.sha256[:8] in words
    assert (first, 1) == (file_of(bench, sealed), file.pages)
    assert "unchanged" == check(bench, bench.pdf(file.sha256))


def test_a_file_that_left_the_desk_is_never_touched_again(bench: Bench) -> None:
    sealed, first = signed_form(bench)
    bench.act(actions.note_issued, sealed, sha256=hashlib.sha256(first).hexdigest(), way="saved")

    answer = bench.accept(sealed, SIGNED)
    bench.render(answer)

    assert first == file_of(bench, sealed)
    assert 1 == len(bench.read(queries.files_of, answer))


def test_a_plan_that_no_longer_holds_is_made_anew(bench: Bench) -> None:
    sealed, first = signed_form(bench)
    answer = bench.accept(sealed, SIGNED)
    drawn = papers.draw(bench.read(papers.read_plan, answer))

    bench.act(actions.note_printed, sealed, sha256="0" * 64, copies=1, way="file")

    assert not bench.act(papers.keep, drawn)
    bench.render(answer)
    assert first == file_of(bench, sealed)


def test_another_device_never_draws_what_it_did_not_seal(bench: Bench) -> None:
    sealed = bench.seal()

    assert () == bench.read(papers.pending_renders, "another")
    assert (sealed,) == bench.read(papers.pending_renders, bench.job.actor.device)


def test_the_paper_carries_its_data_and_the_code_its_seal(bench: Bench) -> None:
    sealed, pdf = signed_form(bench)
    facts = bench.form(sealed).sealed

    checked = verify_file(pdf, bench.read(what_is_known))

    assert (facts.number, facts.sha256) == (checked.verdict.number, checked.verdict.seal)
    assert checked.verdict.printed_from_data is True
    assert f"aftercare:{facts.number}#{facts.sha256}" == qr_payload(facts.number, facts.sha256)
    data = json.dumps({"shared": facts.shared, "partner": facts.partner}).encode()
    assert facts.sha256 == printed_hash(data)


def test_one_byte_changed_anywhere_is_refused(bench: Bench) -> None:
    sealed, _ = signed_form(bench)
    bench.render(bench.accept(sealed, SIGNED))
    pdf = file_of(bench, sealed)
    known = bench.read(what_is_known)

    for at in [*range(0, len(pdf), len(pdf) // 120), len(pdf) - 1]:
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        assert not verify_file(changed, known).good, at
        assert not verify_file(changed).good, at


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"hello", b"\x00" * 5000])
def test_what_is_no_paper_of_ours_is_said_to_be_none(bench: Bench, data: bytes) -> None:
    assert "not_ours" == check(bench, data)


def test_a_file_of_a_device_that_is_not_known_is_not_ours(bench: Bench, tmp_path: Path) -> None:
    _, pdf = signed_form(bench)
    other = tmp_path / "other"
    shutil.copytree(bench.unlocked.profile.folder, other)
    known = bench.read(what_is_known)

    stranger = type(known)(trusted=type(known.trusted)(devices=()), fingerprint=known.fingerprint)

    assert "not_ours" == str(verify_file(pdf, stranger).verdict.status)
    assert "unchanged" == str(verify_file(pdf).verdict.status)


def test_the_command_says_it_in_json_and_by_its_exit_code(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, pdf = signed_form(bench)
    folder = str(bench.unlocked.profile.folder)
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(pdf)
    bad.write_bytes(pdf[:900] + bytes([pdf[900] ^ 4]) + pdf[901:])

    answers: list[tuple[int, dict[str, Any]]] = []
    for words in ([str(good)], [str(good), "--profile", folder], [str(bad)], [str(bad), "--profile", folder]):
        code = run(["verify", *words])
        answers.append((code, json.loads(capsys.readouterr().out)))

    assert [(0, "unchanged"), (0, "unchanged"), (1, "changed"), (1, "changed")] == [
        (code, found["status"]) for code, found in answers
    ]
    assert [False, True] == [answers[n][1]["profile"] for n in (0, 1)]
    assert "Tiago Moreira" == answers[0][1]["signatures"][0]["name"]
    assert 2 == run(["verify", str(tmp_path / "none.pdf")])


KILLED = """
import os, signal, sys
from pathlib import Path
from app.store.opening import open_store
from app.store.profile import create_sample
from app.store.sessions import ThreadStore
from app.store.profile import Profile, unlock
from app.workflows import papers, signing
from tests.signoff.job import signature
from tests.desks import TIAGO
import dataclasses

with open_store(unlock(Profile(Path(sys.argv[1]))), zone="Europe/Lisbon") as store:
    actor = dataclasses.replace(TIAGO, device=sys.argv[3])
    form = store.write(actor, signing.draft_form, (sys.argv[2],), {}).result
    hand = signing.Hand("Tiago", "Technician", signature())
    sealed = store.write(actor, signing.seal_form, (form, hand), {"reason": "x"}).result
    print(sealed, flush=True)
    papers.draw(store.read(papers.read_plan, (sealed,), {}))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_between_seal_and_file_loses_nothing(bench: Bench, tmp_path: Path) -> None:
    target = tmp_path / "killed"
    template = bench.unlocked.profile.folder
    shutil.copytree(template, target, ignore=shutil.ignore_patterns("*lock*"))

    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), bench.job.repair, bench.job.actor.device],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert -signal.SIGKILL == died.returncode, died.stderr
    sealed = died.stdout.strip()
    unlocked = type(bench.unlocked)(**{**_fields(bench.unlocked), "profile": type(bench.unlocked.profile)(target)})
    with open_store(unlocked, zone="Europe/Lisbon") as store:
        again = Bench(store, unlocked, bench.job)
        assert 1 == papers.render_pending(store, bench.job.actor)
        assert 0 == papers.render_pending(store, bench.job.actor)
        assert "unchanged" == check(again, file_of(again, sealed))


def _fields(thing: Any) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}


def test_a_form_in_arabic_says_which_words_are_not_translated(bench: Bench, tmp_path: Path) -> None:
    draft = bench.draft()
    sealed = bench.seal(draft, language="ar")
    bench.render(sealed)

    (tmp_path / "form.pdf").write_bytes(file_of(bench, sealed))
    tool("qpdf", "--check", str(tmp_path / "form.pdf"))
    assert "BL-2634-0215-F" in tool("pdftotext", "-raw", str(tmp_path / "form.pdf"), "-")
    assert "unchanged" == check(bench, file_of(bench, sealed))


def test_a_missing_file_is_said(bench: Bench) -> None:
    with pytest.raises(UserError):
        bench.pdf("0" * 64)


def test_a_paper_of_a_stranger_with_a_date_that_is_none_gets_a_verdict(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_byterange, "pdf_date", lambda _moment: pdf_string("D:20269999999999Z"))
    _, data = signed_form(bench)

    checked = verify_file(data)

    assert any("D:20269999999999Z" in speak(line, "en") for line in checked.lines)


def test_a_profile_without_the_manufacturers_pack_or_without_a_store_still_verifies(
    bench: Bench, desk_store: ThreadStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, data = signed_form(bench)
    (tmp_path / "form.pdf").write_bytes(data)
    create_sample(tmp_path / "empty")

    judged = verify_file(data, desk_store.read(what_is_known))
    code = run(["verify", str(tmp_path / "form.pdf"), "--profile", str(tmp_path / "empty")])

    assert ("not_ours", 0) == (judged.verdict.status, code)
    assert "unchanged" == json.loads(capsys.readouterr().out)["status"]
