"""Invented rows in the shape of the Open Repair Data Standard."""

import csv
from pathlib import Path

from app.workflows.import_map import ImportMap, read_map

MAP = Path(__file__).resolve().parents[2] / "resources" / "maps" / "openrepair.yaml"
HEAD = (
    "id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,"
    "product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem"
)


def shipped() -> ImportMap:
    return read_map(MAP)


def row(n: int, problem: str = "Makes a noise", **changes: str) -> list[str]:
    values = dict(zip(HEAD.split(","), [
        f"invented_{n}", "Invented", "PRT", "Kettle", "Small kitchen item", "29", "Fervura", "2019", "3", "Fixed", "",
        "Oficina do Bairro", "2022-03-10", problem,
    ], strict=True))  # fmt: skip
    return list((values | changes).values())


def table(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEAD + "\n")
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path
