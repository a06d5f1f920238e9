"""A pretend Teams for tests: see `FakeTeams`."""

from tests.connector.fake_teams import FakeTeams
from tests.connector.people import MEMBER, TENANT, Person
from tests.connector.records import Exchange, Fault, Sent, actions_of
from tests.connector.signing import Signer

__all__ = ["MEMBER", "TENANT", "Exchange", "FakeTeams", "Fault", "Person", "Sent", "Signer", "actions_of"]
