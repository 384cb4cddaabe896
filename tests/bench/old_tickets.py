"""Invented old tickets, the same at every run: a table as the Open Repair Alliance writes it."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

SEED = 2612
FIRST_DAY = date(2012, 1, 2)
DAYS = 5000
MAP = "openrepair"
BRANDS = ("Forge", "Delta", "Orion", "Mistral", "Kestrel", "Bravo", "Nimbus", "Halo")
_MACHINES = ("espresso machine", "grinder", "water heater", "vending machine", "fridge", "cleaner", "oven", "mixer")
_OUTCOMES = ("Fixed", "Repairable", "End of life", "Unknown")
_SPOKEN = (
    "pump boiler leaks water pressure valve seal noise heats display error filter grinder motor cable switch sensor"
    " steam group gasket scale descale replaced customer called again after week cold hot slow stops blinks trips fuse"
    " relay board drip tray handle basket tank level float solenoid"
)
_COMMON = _SPOKEN.split()
_RARE = ("thermoblock", "manometer", "vibration", "condensation", "calibration", "overheating", "rattling", "clicking")
_ELSEWHERE = (
    "bomba caldeira fuga água pressão válvula vedante ruído não aquece", "Pumpe Kessel undicht Ventil Dichtung laut",
    "مضخة الغلاية تسرب الماء صمام الضغط", "水泵漏水 显示屏黑 压力阀", "pumpe kedel utæt ventil",
)  # fmt: skip
COLUMNS = (
    "id", "data_provider", "country", "partner_product_category", "product_category", "product_category_id", "brand",
    "year_of_manufacture", "product_age", "repair_status", "repair_barrier_if_end_of_life", "group_identifier",
    "event_date", "problem",
)  # fmt: skip


def write_table(path: Path, count: int, *, first: int = 0) -> Path:
    """`count` old tickets from number `first` on."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(_rows(first, count))
    return path


def _rows(first: int, count: int) -> Iterator[Sequence[str]]:
    for number in range(first, first + count):
        chance = random.Random(SEED * 1_000_003 + number)
        machine, brand = chance.choice(_MACHINES), chance.choice(BRANDS)
        day = FIRST_DAY + timedelta(days=number * DAYS // 100_000 % DAYS)
        yield (
            f"bench_{number}", "Bench", "PRT", f"{machine} {chance.choice(_COMMON)}", machine, str(len(machine)), brand,
            str(2000 + number % 25), str(number % 15), chance.choice(_OUTCOMES), "", f"Workshop {number % 40}",
            day.isoformat(), _problem(chance, number),
        )  # fmt: skip


def _problem(chance: random.Random, number: int) -> str:
    words = chance.choices(_COMMON, k=38)
    words += chance.choices(_RARE, k=number % 4 == 0)
    words += [f"SN{chance.randrange(10**8):08d}", f"part{chance.randrange(20_000)}"]
    if number % 5 == 0:
        words.append(chance.choice(_ELSEWHERE))
    return " ".join(words)


def typed_words(count: int, *, seed: int = 5) -> list[str]:
    """What somebody types, one keystroke after the other: prefixes of common and rare words in several scripts."""
    chance = random.Random(seed)
    words = [*_COMMON, *_RARE, *BRANDS, *" ".join(_ELSEWHERE).split()]
    chance.shuffle(words)
    return [word[:end] for word in words[:count] for end in range(1, len(word) + 1)]


def typed_pairs(count: int, *, seed: int = 6) -> list[str]:
    """The same with a whole word before it."""
    chance = random.Random(seed)
    pairs = [(chance.choice(_COMMON), chance.choice([*_COMMON, *_RARE])) for _ in range(count)]
    return [f"{one} {other[:end]}" for one, other in pairs for end in range(2, len(other) + 1)]
