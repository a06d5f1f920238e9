"""Who has the app, and of whom it is not known where: their chat is opened, and is theirs."""

import pytest

from bot.conversation import ConversationReference
from bot.runtime.reaching import ReachPerson
from tests.connector import MEMBER, FakeTeams, Person
from tests.integration.teams.test_outbound import Line

ANNA = Person(object_id="aaaaaaaa-0000-4000-8000-00000000000a", name="Анна Измислена")
CHAT = f"a:1{ANNA.object_id}"


class Kept:
    def __init__(self, near) -> None:
        self.near = near
        self.kept: list[ConversationReference] = []

    async def somewhere(self):
        return self.near

    async def remember(self, reference) -> bool:
        self.kept.append(reference)
        return True


@pytest.fixture
async def line():
    async with FakeTeams() as teams, teams.session(teams.options()) as session:
        yield Line(teams, session)


def reach(line: Line, kept: Kept) -> ReachPerson:
    return ReachPerson(line.connector, kept.somewhere, kept.remember)


async def test_the_chat_is_opened_near_another_one_and_kept(line: Line) -> None:
    kept = Kept(line.reference)
    line.teams.members[CHAT] = [{"id": ANNA.channel_id, "aadObjectId": ANNA.object_id.upper(), "name": ANNA.name}]

    await reach(line, kept)(ANNA.object_id)

    (reference,) = kept.kept
    assert (reference.conversation_id, reference.object_id) == (CHAT, ANNA.object_id)
    assert (reference.user_id, reference.bot_id) == (ANNA.channel_id, line.teams.bot_id)
    assert (reference.service_url, reference.tenant_id) == (line.teams.service_url, MEMBER.tenant_id)
    assert reference.locale is None


@pytest.mark.parametrize(
    "members",
    [
        [],
        [{"id": MEMBER.channel_id, "aadObjectId": MEMBER.object_id}],
        [{"id": ANNA.channel_id}],
        [{"aadObjectId": ANNA.object_id}],
        [{"id": 7, "aadObjectId": ANNA.object_id}],
        ["?"],
    ],
)
async def test_a_chat_that_is_not_said_to_be_the_persons_is_not_kept(line: Line, members: list) -> None:
    kept = Kept(line.reference)
    line.teams.members[CHAT] = members

    await reach(line, kept)(ANNA.object_id)

    assert kept.kept == []


@pytest.mark.parametrize("status", [403, 500])
async def test_a_channel_that_does_not_open_it_is_asked_another_time(line: Line, status: int) -> None:
    kept = Kept(line.reference)
    line.teams.fail(status, times=9)

    await reach(line, kept)(ANNA.object_id)

    assert kept.kept == []


async def test_where_nobody_is_known_yet_nothing_is_asked(line: Line) -> None:
    await reach(line, Kept(None))(ANNA.object_id)

    assert line.teams.calls == []
