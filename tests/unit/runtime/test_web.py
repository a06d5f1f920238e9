"""The addresses of the web side, and what may be sent there. What the proxy makes of them: test_deployment."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.class_links.errands import Errand
from bot.dialogs import DIALOGS
from bot.dialogs.class_links.cases import LINKS
from bot.documents.uploads import MOST_FORM
from bot.runtime.settings import Settings
from bot.runtime.web import HEALTH, MESSAGES, application, limits
from bot.teams.bodies import MAX_BYTES
from bot.texts.catalog import Catalog

SETTINGS = Settings(tenant_id="t")


def addresses(process: str) -> set[str]:
    """Every address of a process, without what stands for a token."""

    async def handle(_: object) -> None: ...

    parts: Any = SimpleNamespace(
        settings=Settings(tenant_id="t", process=process),
        catalog=Catalog.load(),
        teams=SimpleNamespace(adapter=SimpleNamespace(handle=handle)),
        services=[SimpleNamespace(dialog=one, cases=SimpleNamespace(collect=handle, run=handle)) for one in DIALOGS],
        installing=None,
        transport=SimpleNamespace(ways=SimpleNamespace(shown=dict)),
        database=SimpleNamespace(queue=SimpleNamespace(counts=handle)),
        clock=SimpleNamespace(in_doubt=False),
    )
    resources = [route.resource for route in application(parts).router.routes()]
    return {resource.canonical.partition("{")[0] for resource in resources if resource is not None}


def test_a_worker_has_the_health_page_alone() -> None:
    assert addresses("worker") == {HEALTH}


@pytest.mark.parametrize("process", ["web", "worker"])
def test_only_two_addresses_take_a_body(process: str) -> None:
    taking = {place for place in addresses(process) if limits(SETTINGS).body_of(place).most}

    assert taking == ({MESSAGES, f"{LINKS}{Errand.LIST.value}/"} if process == "web" else set())
    assert limits(SETTINGS).body_of("/nowhere").most == 0


def test_what_an_address_reads_fits_into_what_its_connection_lets_through() -> None:
    assert limits(SETTINGS).body_of(MESSAGES).most > MAX_BYTES
    assert limits(SETTINGS).body_of(f"{LINKS}{Errand.LIST.value}/x").most > MOST_FORM


def test_the_operators_limits_are_the_servers() -> None:
    set_ = Settings(
        tenant_id="t", bot_connections=50, bot_connections_per_address=5, bot_idle_seconds=9, bot_upload_seconds=99
    )

    made = limits(set_)

    assert (made.connections, made.connections_per_address, made.idle_seconds) == (50, 5, 9)
    assert made.body_of(f"{LINKS}{Errand.LIST.value}/x").seconds == 99
