"""Reports of faults on their way: this very text, once, within limits, read by the manufacturer's people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.hub import reports
from app.hub.settings import now_ms
from app.hub.troubles import Exit
from app.kernel.ids import new_id
from app.sync.errors import SyncError, SyncTrouble
from app.sync.records import ONE, HubLink
from app.sync.reports import LONGEST, MOST_WAITING, queue_report, waiting_reports
from app.sync.transport import HubDoor
from tests.hub.hubs import Desk, Hub
from tests.hub.offices import Office

TEXT = "PySide6 6.11, Python 3.11\nValueError\n  ui/shell/frame.py:12 go\n\nWhat was done:\nI pressed ü"


@pytest.fixture
def office(hub: Hub, tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path / "office")
    office.enrol(hub, hub.partner())
    yield office
    office.close()


def moved(work: Any, url: str) -> None:
    work.session.get(HubLink, ONE).url = url


def partner(office: Office) -> str:
    return str(office.ask(lambda session: session.get(HubLink, ONE).partner))


def kept(hub: Hub, of: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = reports.list_reports(hub.reach, of).data["reports"]
    return rows


def post(desk: Desk, **said: Any) -> Any:
    whole = {"id": new_id(), "at": 1, "text": TEXT} | said
    return desk.request("POST", "/v1/report", json.dumps(whole, ensure_ascii=False).encode())


def test_very_text_arrives_and_is_listed_and_shown(hub: Hub, office: Office) -> None:
    key = new_id()

    assert "sent" == office.syncing.report(key, TEXT)

    shown = reports.show_report(hub.reach, partner(office), key)
    assert (TEXT, office.unlocked.device) == (shown.data["report"]["text"], shown.data["report"]["device"])
    assert [(key, "ValueError")] == [(each["id"], each["first"]) for each in kept(hub, partner(office))]
    assert key in [each["id"] for each in reports.list_reports(hub.reach).data["reports"]]
    assert "What was done:" in shown.lines
    assert () == office.ask(waiting_reports)


def test_without_a_network_it_waits_and_goes_with_the_next_exchange(hub: Hub, office: Office) -> None:
    url, key = office.ask(lambda session: session.get(HubLink, ONE).url), new_id()
    office.do(moved, "http://127.0.0.1:9")
    assert "waits" == office.syncing.report(key, TEXT)
    assert [TEXT] == [each.text for each in office.ask(waiting_reports)]

    office.do(moved, url)
    office.sync()

    assert [key] == [each["id"] for each in kept(hub, partner(office))]
    assert () == office.ask(waiting_reports)


def test_taken_back_before_it_went_it_never_goes(hub: Hub, office: Office) -> None:
    url, key = office.ask(lambda session: session.get(HubLink, ONE).url), new_id()
    office.do(moved, "http://127.0.0.1:9")
    office.syncing.report(key, TEXT)

    office.syncing.take_back(key)
    office.do(moved, url)
    office.sync()

    assert [] == kept(hub, partner(office))


def test_answer_that_was_lost_makes_no_second_report(hub: Hub, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, key = HubDoor.report, new_id()

    def lost(door: HubDoor, *args: Any, **named: Any) -> None:
        sent(door, *args, **named)
        raise SyncError(SyncTrouble.OFFLINE, "lost")

    with monkeypatch.context() as patched:
        patched.setattr(HubDoor, "report", lost)
        assert "waits" == office.syncing.report(key, TEXT)
    office.sync()

    assert [key] == [each["id"] for each in kept(hub, partner(office))]
    assert () == office.ask(waiting_reports)


def test_desk_that_is_not_connected_keeps_what_somebody_sent(tmp_path: Path) -> None:
    office = Office(tmp_path / "alone")
    assert "waits" == office.syncing.report(new_id(), TEXT)
    office.close()


def test_report_that_is_refused_is_told_and_holds_up_nothing(
    hub: Hub, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise SyncError(SyncTrouble.REFUSED, "bad_text")

    monkeypatch.setattr(HubDoor, "report", refused)

    assert "refused" == office.syncing.report(new_id(), TEXT)
    assert () == office.ask(waiting_reports)
    office.sync()


def test_only_so_many_wait(office: Office) -> None:
    for number in range(MOST_WAITING + 3):
        office.do(queue_report, f"{number:032x}", "x" * (LONGEST + 5))

    waiting = office.ask(waiting_reports)
    assert [f"{number:032x}" for number in range(3, MOST_WAITING + 3)] == [each.id for each in waiting]
    assert {LONGEST} == {len(each.text) for each in waiting}


@pytest.mark.parametrize(
    "said",
    [{"text": ""}, {"text": " \n"}, {"text": "a\0b"}, {"text": "x" * (LONGEST + 1)}, {"text": 3}, {"id": "../x"},
     {"id": "A" * 32}, {"at": -1}, {"at": "1"}],
)  # fmt: skip
def test_what_no_desk_sends_is_refused_and_kept_nowhere(hub: Hub, said: dict[str, Any]) -> None:
    desk = hub.desk()

    assert 400 == post(desk, **said).status_code
    assert [] == kept(hub, desk.partner)


def test_body_beyond_the_limit_is_cut_and_one_at_the_limit_is_taken(hub: Hub) -> None:
    desk = hub.desk()

    assert 413 == desk.request("POST", "/v1/report", b"x" * (reports.MOST_BODY + 1)).status_code
    assert 200 == post(desk, text="ü" * LONGEST).status_code
    assert 400 == desk.request("POST", "/v1/report", b"{").status_code


def test_nobody_without_a_device_of_ours_leaves_a_report(hub: Hub) -> None:
    desk = hub.desk()

    assert 404 == hub.http.post("/v1/report", content=b"{}").status_code
    assert 404 == desk.request("POST", "/v1/report", b"{}", headers={"ac-sig": "AAAA"}).status_code


def test_same_report_twice_is_one_and_its_number_stands_for_no_other_text(hub: Hub) -> None:
    desk, key = hub.desk(), new_id()
    other = hub.desk(desk.partner)

    assert [200, 200] == [post(desk, id=key).status_code for _ in range(2)]
    assert [400, 400] == [post(desk, id=key, text="other").status_code, post(other, id=key).status_code]
    assert 1 == len(kept(hub, desk.partner))


def test_so_many_a_day_and_no_more_and_another_partner_is_not_held_up(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "MOST_A_DAY", 3)
    desk, other = hub.desk(), hub.desk()
    assert [200] * 3 == [post(desk).status_code for _ in range(3)]

    said = post(desk)

    assert (429, "3600") == (said.status_code, said.headers["retry-after"])
    assert 200 == post(other).status_code
    with hub.owner(desk.partner) as connection:
        connection.execute("UPDATE partner.report SET came_at = came_at - 86400001 WHERE tenant = %s", (desk.partner,))
    assert 200 == post(desk).status_code


def test_report_of_last_year_goes_when_a_new_one_comes(hub: Hub) -> None:
    desk, old = hub.desk(), new_id()
    post(desk, id=old)
    with hub.owner(desk.partner) as connection:
        long_ago = now_ms() - reports.KEPT_MS - 1
        connection.execute("UPDATE partner.report SET came_at = %s WHERE tenant = %s", (long_ago, desk.partner))

    post(desk)

    assert old not in [each["id"] for each in kept(hub, desk.partner)]


def test_hostile_text_does_not_steer_the_terminal_of_its_reader(hub: Hub) -> None:
    desk, key = hub.desk(), new_id()
    post(desk, id=key, text="a\n\x1b[31mred \u202e turned\r\nover")

    shown = reports.show_report(hub.reach, desk.partner, key)

    assert [] == [line for line in shown.lines if set(line) & {"\x1b", "\u202e", "\r"}]
    assert "\x1b" in shown.data["report"]["text"]


def test_partner_without_reports_and_a_report_that_is_none(hub: Hub) -> None:
    of = hub.partner()

    assert ("No report.",) == reports.list_reports(hub.reach, of).lines
    assert Exit.NO is reports.show_report(hub.reach, of, new_id()).exit
