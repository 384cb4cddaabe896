"""One window for one profile."""

import os
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from ui.shell.single import Listener, raise_other, socket_name


def test_the_first_start_finds_no_other(tmp_path: Path) -> None:
    assert not raise_other(tmp_path)


def test_a_second_start_raises_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    listener = Listener(tmp_path)

    with qtbot.waitSignal(listener.asked, timeout=2000):
        assert raise_other(tmp_path)

    listener.close()


def test_two_profiles_have_nothing_to_do_with_each_other(tmp_path: Path) -> None:
    assert socket_name(tmp_path / "a") != socket_name(tmp_path / "b")


@pytest.mark.parametrize("said", [b"", b"quit\n", b"raise", b"raise\n" * 500, b"\x00" * 100_000])
def test_anything_else_on_the_socket_is_ignored(qtbot: QtBot, tmp_path: Path, said: bytes) -> None:
    listener, asked = Listener(tmp_path), []
    listener.asked.connect(lambda: asked.append(True))
    socket = QLocalSocket()
    socket.connectToServer(socket_name(tmp_path))
    socket.waitForConnected(500)

    socket.write(said)
    socket.flush()
    qtbot.wait(30)
    socket.abort()

    assert [] == asked
    assert raise_other(tmp_path)
    qtbot.waitUntil(lambda: asked == [True])
    listener.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps pipes by user")
def test_a_socket_of_another_user_is_not_believed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: 4711)

    assert not raise_other(tmp_path)
    listener.close()
