"""Who talks to the bot, and the activities Teams sends for them."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

TENANT = "4f2d6f1e-0000-4000-8000-00000000edba"
"""The tenant everybody belongs to unless said otherwise."""

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """Somebody with a Teams account. `Person(tenant_id=…)` of another tenant is a stranger."""

    object_id: str = "aaaaaaaa-0000-4000-8000-000000000001"
    name: str = "Илинда Проба"
    tenant_id: str = TENANT
    locale: str | None = "bg-BG"

    @property
    def channel_id(self) -> str:
        """The id Teams knows the person by, for this bot."""
        return f"29:1{self.object_id}"


MEMBER = Person()
"""Somebody of the tenant, for tests that need no second person."""


def conversation_of(person: Person, scope: str) -> dict[str, object]:
    """The conversation object of this person's personal chat, or of the one group chat or channel there is."""
    ids = {
        "personal": f"a:1{person.object_id}",
        "groupChat": "19:6d656574696e67@thread.v2",
        "channel": "19:63616e616c@thread.tacv2;messageid=1700000000000",
    }
    conversation: dict[str, object] = {
        "conversationType": scope,
        "tenantId": person.tenant_id,
        "id": ids.get(scope, f"19:{scope}@thread.v2"),
    }
    return conversation if scope == "personal" else conversation | {"isGroup": True}


def activity(
    kind: str, person: Person, *, service_url: str, bot_id: str, scope: str = "personal", **fields: object
) -> dict[str, object]:
    """An activity of this type as Teams sends it; `fields` are added to it or replace what it has."""
    made: dict[str, object] = {
        "type": kind,
        "id": f"{1700000000000 + next(_numbers)}",
        "timestamp": "2026-11-23T08:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": person.channel_id, "name": person.name, "aadObjectId": person.object_id},
        "recipient": {"id": bot_id, "name": "Електронни профили"},
        "conversation": conversation_of(person, scope),
        "channelData": {"tenant": {"id": person.tenant_id}},
        "entities": [{"type": "clientInfo", "locale": person.locale, "country": "BG", "platform": "Web"}],
    }
    if person.locale and kind == "message":
        made["locale"] = person.locale
    return made | fields


def without(holder: Mapping[str, object], *names: str) -> dict[str, object]:
    """The same object with these keys left out."""
    return {name: value for name, value in holder.items() if name not in names}
