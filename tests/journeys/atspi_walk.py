"""Reads a program as a screen reader does: over AT-SPI, from another process. Runs in the system's Python (gi).

`atspi_walk.py walk` prints what is shown as JSON; `atspi_walk.py press NAME` presses the button of that name.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # type: ignore[import-not-found]  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
STATES = {"focusable": 11, "focused": 12, "showing": 25, "visible": 30, "checked": 4, "expanded": 9}
DEEPEST = 40
Place = tuple[str, str]  # the program on the bus, the path in it


class Bus:
    """The accessibility bus."""

    def __init__(self) -> None:
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, 5000
        ).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def call(self, at: Place, interface: str, method: str, arguments: Any = None) -> Any:
        return self.connection.call_sync(at[0], at[1], interface, method, arguments, None, 0, 5000).unpack()

    def value(self, at: Place, name: str) -> Any:
        asked = GLib.Variant("(ss)", (ACCESSIBLE, name))
        return self.call(at, "org.freedesktop.DBus.Properties", "Get", asked)[0]

    def children(self, at: Place) -> Any:
        return self.call(at, ACCESSIBLE, "GetChildren")[0]

    def node(self, at: Place) -> dict[str, Any]:
        low, high = self.call(at, ACCESSIBLE, "GetState")[0]
        bits = low | high << 32
        return {
            "role": self.call(at, ACCESSIBLE, "GetRoleName")[0],
            "name": self.value(at, "Name"),
            "described": self.value(at, "Description"),
            "states": [name for name, bit in STATES.items() if bits >> bit & 1],
        }


def root() -> Place:
    return ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")


def walk(bus: Bus, at: Place, depth: int = 0) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every node that is shown; a table's rows are read as far as they are seen."""
    if depth > DEEPEST:
        return
    node = bus.node(at)
    if depth > 1 and "showing" not in node["states"]:
        return
    yield at, node
    for child in bus.children(at)[:200]:
        yield from walk(bus, child, depth + 1)


def press(bus: Bus, name: str) -> bool:
    for at, node in walk(bus, root()):
        if node["name"] == name and node["role"] in ("push button", "button"):
            bus.call(at, "org.a11y.atspi.Action", "DoAction", GLib.Variant("(i)", (0,)))
            return True
    return False


def main() -> None:
    bus = Bus()
    if sys.argv[1] == "walk":
        found = [node for _, node in walk(bus, root())]
        print(json.dumps(found))
    elif sys.argv[1] == "press":
        print(json.dumps(press(bus, sys.argv[2])))


main()
