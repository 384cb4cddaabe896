"""Lookups over everything published."""

import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from app.catalog.catalog import build_catalog
from app.content.published.procedure import rescaled
from app.content.published.warranty import CustomerKind, ProductClass, Term
from app.kernel.errors import BugError
from tests.content.sample import averdell, catalog, policy_on

ROOT = Path(__file__).resolve().parents[2]


def test_procedures_for_a_model_are_chosen_by_kind() -> None:
    assert ["SOP-05", "SOP-06"] == [each.code for each in catalog().procedures_for("FD2", kind="exchange")]
    assert ["SOP-06", "SOP-07", "SOP-08"] == [each.code for each in catalog().procedures_for("VB3")]
    assert () == catalog().procedures_for("FD2", kind="clean")


def test_old_version_is_found_beside_the_newest() -> None:
    assert [2, 1] == [
        each.version for version in (None, 1) if (each := catalog().policy("WP-DK-CONSUMER", version=version))
    ]
    assert catalog().policy("WP-DK-CONSUMER", version=9) is None
    assert catalog().form("F-99") is None


def test_case_that_no_policy_names_gets_none() -> None:
    in_force = partial(policy_on, product_class=ProductClass.HOUSEHOLD, customer_kind=CustomerKind.CONSUMER)

    assert in_force("NZ", day=date(2026, 11, 24)) is None
    assert in_force("PT", day=date(2021, 12, 31)) is None


def test_exclusion_gives_its_sentence_by_path() -> None:
    policy = catalog().policy("WP-SA-CONSUMER")
    exclusion = policy.excludes("limescale") if policy else None

    assert policy and exclusion
    sentence = catalog().text("warranty_policy", policy.code, exclusion.path, "ar")
    assert ("ar", True) == (sentence.language, "الكلس" in sentence.text)
    assert policy.excludes("wear") is None


def test_term_of_nothing_is_no_term() -> None:
    assert [False, True, True] == [bool(Term()), bool(Term(months=1)), bool(Term(days=90))]


def test_longest_own_term_is_that_of_the_parts() -> None:
    policy = catalog().policy("WP-DK-BUSINESS")

    assert policy is not None
    assert (24, 12) == (policy.commercial.parts_months, policy.commercial.labour_months)


def test_signer_and_step_are_found_by_name() -> None:
    form, procedure = catalog().form("F-02"), catalog().procedure("SOP-05", version=1)

    assert form and procedure
    assert "customer" == form.signer(form.signers[1].role).role
    assert "steps/drain/fail_text" == procedure.step("drain").path("fail_text")


def test_manufacturer_is_known_by_name_and_zone() -> None:
    assert ("Averdell", "Pacific/Auckland") == (catalog().manufacturer.name, catalog().manufacturer.zone)


def test_catalogue_without_a_manufacturer_is_our_own_mistake() -> None:
    with pytest.raises(BugError, match="one manufacturer"):
        build_catalog([item for item in averdell().items if item.kind != "manufacturer"], [])


def test_catalogue_is_asked_without_reading_yaml() -> None:
    asked = "import sys, app.catalog.current; print('yaml' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)

    assert "False\n" == done.stdout


def test_limit_written_with_fewer_digits_is_scaled_to_those_of_its_step() -> None:
    assert [1700, 170, None] == [
        rescaled({"value": 17, "decimals": 1}, 3),
        rescaled({"value": 170, "decimals": 2}, 2),
        rescaled(None, 2),
    ]
