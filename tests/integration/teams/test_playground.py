"""What Microsoft 365 Agents Playground 0.2.28 sends, as recorded, is understood in development and only there."""

import pytest

from bot.conversation import Installed, Occasion, Pressed, Reply, Said, Scope
from tests.integration.teams.conftest import CARD, House

TENANT = "00000000-0000-0000-0000-0000000000001"
CONVERSATION = "1faa884a-df4c-406b-b11c-e89a82cb1e71"
BASE = {
    "id": "174bcb3b-3b21-4af3-aa29-04bb66ed210c",
    "from": {"id": "user-id-0", "aadObjectId": "00000000-0000-0000-0000-0000000000020"},
    "timestamp": "2026-11-23T14:49:38.365Z",
    "conversation": {"conversationType": "personal", "tenantId": TENANT, "id": CONVERSATION},
    "recipient": {"id": "00000000-0000-0000-0000-00000000000011", "name": "Test Bot"},
    "channelData": {"tenant": {"id": TENANT}},
}
INSTALLED = BASE | {
    "type": "installationUpdate",
    "action": "add",
    "locale": "en-US",
    "entities": [{"type": "clientInfo", "locale": "en-US"}],
    "channelData": {
        "tenant": {"id": TENANT},
        "source": {"name": "message"},
        "settings": {"selectedChannel": {"id": CONVERSATION}},
    },
}
ADDED = BASE | {
    "type": "conversationUpdate",
    "id": "3a9ee543-f8c9-4d84-aa8d-db557c65e614",
    "membersAdded": [
        {"id": "user-id-0", "aadObjectId": "00000000-0000-0000-0000-0000000000020"},
        {"id": "00000000-0000-0000-0000-00000000000011"},
    ],
}
SAID = BASE | {
    "type": "message",
    "id": "690d6c04-832b-4ca4-bcc8-3f326211aa25",
    "text": "здравей",
    "textFormat": "plain",
    "locale": "en-US",
    "localTimezone": "UTC",
}
PRESSED = BASE | {
    "type": "invoke",
    "id": "2d00549e-7817-4a97-a837-eaae42619463",
    "name": "adaptiveCard/action",
    "locale": "en-US",
    "replyToId": "1795445382598",
    "value": {"action": {"type": "Action.Execute", "title": "MSG", "verb": "help", "data": {"a": 1}}},
}
SUBMITTED = BASE | {
    "type": "message",
    "id": "82cda832-c5be-49bd-a36e-699dc94a2790",
    "locale": "en-US",
    "replyToId": "1795445382598",
    "value": {"verb": "help", "a": 2},
}
RECORDED: dict[str, tuple[dict, Occasion]] = {
    "installed": (INSTALLED, Installed()),
    "added": (ADDED, Installed()),
    "said": (SAID, Said("здравей")),
    "pressed": (PRESSED, Pressed("help", {"a": 1})),
    "submitted": (SUBMITTED, Said("")),  # no card of ours has such a button
}


def from_playground(house: House, activity: dict, channel: str) -> dict:
    # The Playground names itself localhost; its first conversation is known to it.
    house.teams._known.add(CONVERSATION)
    address = house.teams.service_url.replace("127.0.0.1", "localhost")
    return activity | {"channelId": channel, "serviceUrl": address}


@pytest.mark.parametrize("channel", ["msteams", "emulator"])
@pytest.mark.parametrize("name", RECORDED)
async def test_in_development_it_is_understood_without_a_token(developer: House, name: str, channel: str) -> None:
    activity, occasion = RECORDED[name]
    developer.bot.reply = Reply(card=CARD)

    shown = await developer.teams.deliver(from_playground(developer, activity, channel))

    (turn,) = developer.bot.turns
    assert (shown.status, shown.card) == (200, CARD)
    assert (turn.occasion, turn.scope, turn.tenant_id) == (occasion, Scope.PERSONAL, TENANT)
    assert turn.object_id == "00000000-0000-0000-0000-0000000000020"


async def test_another_channel_is_refused_even_in_development(developer: House) -> None:
    answer = await developer.teams.deliver(from_playground(developer, SAID, "webchat"))

    assert (answer.status, developer.bot.turns) == (403, [])


@pytest.mark.parametrize("channel", ["msteams", "emulator"])
async def test_with_an_app_id_it_is_refused_even_in_development(house: House, channel: str) -> None:
    answer = await house.teams.deliver(from_playground(house, SAID, channel), token=None)

    assert (answer.status, house.bot.turns) == (401, [])


async def test_no_token_is_sent_to_it(developer: House) -> None:
    await developer.teams.deliver(from_playground(developer, SAID, "msteams"))

    assert developer.teams.authorizations == [None]
