"""Scenarios of quotas, sessions, OIDC state and the directory."""

from datetime import timedelta

from tablewright.data_access.usage_quotas import (
    DirectoryRepository,
    OidcStateRepository,
    QuotasRepository,
    SessionsRepository,
)

WEEKS = 5 * 7 * 24 * 60 * 60
"""Seconds until another month."""


def quotas(stage):
    """A quota is assigned, changed, consumed in two periods, and listed by its tier."""
    quotas = QuotasRepository(stage.connection)
    quotas.assign_quota("u#1", "monthly", tier="free", limit=12)
    quotas.assign_quota("u#1", "monthly", tier="paid", limit=25, version=1)
    quotas.get_quota("u#1", "monthly")
    quotas.consume("u#1", "monthly", 5)
    stage.clock.sleep(WEEKS)
    quotas.consume("u#1", "monthly", 5)


def quotas_by_tier(stage):
    """Quotas of a tier are listed over all shards, page by page."""
    quotas = QuotasRepository(stage.connection)
    for number in range(3):
        quotas.assign_quota(f"u{number}", "daily", tier="free", limit=12)
    page = quotas.list_by_tier("free", limit=2)
    quotas.list_by_tier("free", limit=2, cursor=page.cursor)


def sessions(stage):
    """Sessions begin, are found in each way, and end."""
    sessions = SessionsRepository(stage.connection)
    for number in range(2):
        sessions.create_session("u1", session_id=f"s#{number}", metadata={"cost": number})
    sessions.create_session("u1")
    sessions.get_session("u1", "s#1")
    sessions.get_session_by_id("s#1")
    page = sessions.list_user_sessions("u1", limit=1)
    sessions.list_user_sessions("u1", limit=1, cursor=page.cursor)
    now = stage.clock.now()
    sessions.list_user_sessions("u1", start=now - timedelta(days=1), end=now)
    sessions.list_user_sessions("u1", start=now)
    sessions.list_user_sessions("u1", end=now)
    sessions.delete_session("u1", "s#1")


def states(stage):
    """A state is created and consumed."""
    states = OidcStateRepository(stage.connection)
    states.create_state(state="st#1", nonce="n", code_verifier="v", redirect_to="/")
    states.create_state()
    states.consume_state("st#1")


def directory(stage):
    """Entries come, change their status, are listed in each way, and go."""
    directory = DirectoryRepository(stage.connection)
    for number in range(3):
        directory.create_entry(
            owner="o#1", status="new", email=f"u{number}@Example.com", user_id=f"u{number}"
        )
    directory.create_entry(owner="o#1", status="new")
    directory.get_entry("u1")
    directory.set_status("u1", "in#use", version=1)
    directory.list_by_owner("o#1")
    directory.list_by_owner("o#1", status="new")
    page = directory.list_by_email_domain("example.com", limit=2)
    directory.list_by_email_domain("example.com", limit=2, cursor=page.cursor)
    directory.list_created_on(stage.clock.now().date())
    directory.delete_entry("u1")


SCENARIOS = (quotas, quotas_by_tier, sessions, states, directory)
