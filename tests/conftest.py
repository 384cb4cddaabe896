"""Every test: offscreen, in a home of its own, without a network, and quiet."""

import os
from collections.abc import Iterator

import keyring
import pytest
from hypothesis import settings
from keyring.backend import KeyringBackend

from tests import lacking, sizes
from tests.noise import announce, announced, no_network, no_qt_left, no_threads_left, quiet_logs
from tests.stores import desk_store, store_path, whole_template

__all__ = ["announce", "announced", "no_network", "no_qt_left", "no_threads_left", "quiet_logs"]
__all__ += ["desk_store", "store_path", "whole_template"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # child processes: no key store at all

settings.register_profile("tier", max_examples=sizes.EXAMPLES, deadline=None, derandomize=sizes.TIER != "nightly")
settings.load_profile("tier")


class MemoryKeyring(KeyringBackend):
    """A key store that forgets."""

    priority = 1

    def __init__(self) -> None:  # the base's own only reads settings from the environment
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username))


@pytest.fixture(autouse=True)
def key_store() -> MemoryKeyring:
    """The operating system's key store, empty for each test."""
    store = MemoryKeyring()
    keyring.set_keyring(store)
    return store


@pytest.fixture(scope="session", autouse=True)
def home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the real home."""
    home = tmp_path_factory.mktemp("home")
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    with pytest.MonkeyPatch.context() as patch:
        for name in (*names, "XDG_STATE_HOME"):
            patch.setenv(name, str(home))
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.delenv("LANGUAGE", raising=False)
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test marked `ci` or `nightly` belongs to that tier and the ones above it."""
    reached = sizes.TIERS[: sizes.TIERS.index(sizes.TIER) + 1]
    above = [
        item for item in items if any(item.get_closest_marker(tier) for tier in sizes.TIERS if tier not in reached)
    ]
    if above:
        config.hook.pytest_deselected(items=above)
        items[:] = [item for item in items if item not in above]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names what this machine lacked, with the number of tests that it kept from checking."""
    for what, number in sorted(lacking.counted(terminalreporter.stats.get("skipped", [])).items()):
        terminalreporter.write_line(f"not checked for lack of {what}: {number} tests")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where CI=true, a check that could not be made is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    missing = lacking.counted(reporter.stats.get("skipped", [])) if reporter else {}
    if missing and exitstatus == 0 and os.environ.get("CI") == "true":
        session.exitstatus = 1
