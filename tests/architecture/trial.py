"""Run by test_rules.py in a process of its own, inside the empty house: which contracts does each plant break?

One process for all: starting Python and import-linter costs twenty times the check.
"""

import json
import sys
from pathlib import Path

from importlinter import configuration
from importlinter.application import use_cases
from importlinter.application.user_options import UserOptions
from importlinter.domain.contract import InvalidContractOptions

from tests.architecture.house import planted


def broken(options: UserOptions) -> dict[str, str]:
    """Ids of the broken contracts, with what was found."""
    report = use_cases.create_report(options, cache_dir=None)
    by_name = {each["name"]: each["id"] for each in options.contracts_options}
    return {
        by_name[contract.name]: str(check.metadata)
        for contract, check in report.get_contracts_and_checks()
        if not check.kept
    }


def main() -> None:
    configuration.configure()
    house = Path.cwd()
    sys.path.insert(0, str(house))
    options = use_cases.read_user_options("pyproject.toml")
    use_cases._register_contract_types(options)
    verdicts = [broken(options)]
    for path, text in json.load(sys.stdin):
        with planted(house, path, text):
            try:
                verdicts.append(broken(options))
            except InvalidContractOptions as problem:
                verdicts.append({"invalid": str(problem)})
    sys.stdout.write("\n" + json.dumps(verdicts))


main()
