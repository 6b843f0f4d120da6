"""Waivers that are in force, and mistakes in them."""

from tests.policies.mutations.cases import SHOP, Mutation
from tests.support.mutations import put

WEEK = put(SHOP, "pointInTimeRecovery.recoveryPeriodInDays", 7)
WAIVER = f"""
- policy: ddb-pitr-window
  resource: {SHOP}
  environments: [prod]
  reason: The shop's items are rebuilt from orders every night
  owner: platform-team
  expires: 2027-03-31
"""
FOUND = f"ddb-pitr-window/window on {SHOP}"

WAIVERS = [
    Mutation(
        does="a waiver accepts what is found",
        change=WEEK,
        waivers=WAIVER,
        finds=[f"waiver-in-use/{FOUND}"],
    ),
    Mutation(
        does="a waiver has ended",
        change=WEEK,
        waivers=WAIVER.replace("2027-03-31", "2026-03-31"),
        finds=[FOUND, "waiver-hygiene/expired on stack"],
    ),
    Mutation(
        does="a waiver outlives what it accepted",
        waivers=WAIVER,
        finds=["waiver-hygiene/unused on stack"],
    ),
    Mutation(
        does="a waiver says nothing",
        change=WEEK,
        waivers=WAIVER.replace("The shop's items are rebuilt from orders every night", "TODO"),
        finds=[FOUND, "waiver-hygiene/malformed on stack"],
    ),
    Mutation(
        does="a waiver is for another environment",
        change=WEEK,
        waivers=WAIVER.replace("prod", "staging"),
        finds=[FOUND],
    ),
    Mutation(
        does="a waiver is for another finding",
        change=WEEK,
        waivers=f"{WAIVER}  finding: malformed\n",
        finds=[FOUND, "waiver-hygiene/unused on stack"],
    ),
    Mutation(
        does="a waiver accepts what is critical in prod",
        waivers=WAIVER.replace("ddb-pitr-window", "iam-no-admin"),
        finds=["waiver-hygiene/malformed on stack"],
    ),
]
