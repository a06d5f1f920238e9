"""A pretend Teams for tests: see `FakeTeams`."""

from tests.connector.fake_teams import Exchange, FakeTeams, Sent, actions_of
from tests.connector.people import MEMBER, TENANT, Person
from tests.connector.signing import Signer

__all__ = ["MEMBER", "TENANT", "Exchange", "FakeTeams", "Person", "Sent", "Signer", "actions_of"]
