"""The Teams-like client listens on this machine only, reaches nothing else, and speaks Bulgarian for its person."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from demo.cast import Player
from demo.playground import PRELOAD
from tests.e2e.conftest import Chats, Product
from tests.e2e.playground import Client
from tools.node import node_command

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def test_every_port_of_the_product_is_on_loopback(
    client_of: Callable[[Player], Client], product: Product, chats: Chats
) -> None:
    client_of(product.cast.first_director)
    pids = [program.pid for program in (*product.programs, *chats.programs)]
    assert len(pids) >= 3, "simulator, bot, a client"
    addresses = [address for pid in pids for address in listening(pid)]
    assert len(addresses) >= len(pids)
    assert {address.split(":")[0] for address in addresses} == {"0100007F"}, "127.0.0.1 in the kernel's notation"


@pytest.mark.parametrize(
    "attempt",
    [
        "net.connect(443, '192.0.2.1')",
        "net.connect({port: 443, host: '192.0.2.1'})",
        "require('https').get('https://192.0.2.1/')",
        "net.connect({port: 443, host: 'collector.example.com'})",
    ],
)
def test_the_client_reaches_no_other_machine(attempt: str) -> None:
    script = f"const net = require('net'); {attempt}.on('error', e => {{ console.log(e.message); process.exit(7); }})"
    run = node(script)
    assert (run.returncode, run.stdout.split(":")[0]) == (7, "not this machine"), run.stderr


@pytest.mark.parametrize("given", ["0", "{port: 0}", "0, '0.0.0.0'", "{port: 0, host: '::'}"])
def test_whatever_the_client_asks_for_it_listens_on_loopback(given: str) -> None:
    listens = "() => { console.log(s.address().address); s.close(); }"
    script = f"const s = require('net').createServer(); s.listen({given}, {listens})"
    assert node(script).stdout.strip() == "127.0.0.1"


def test_an_activity_tells_the_persons_language_and_other_json_is_left_alone() -> None:
    activity = {"serviceUrl": "http://127.0.0.1", "conversation": {"id": "a"}, "locale": "en-US", "text": "x"}
    entities = [{"type": "clientInfo", "locale": "en-US"}, {"type": "mention", "text": "en-US"}]
    both = (json.dumps({**activity, "entities": entities}), "{locale: 'en-US'}")
    script = "; ".join(f"console.log(JSON.stringify({one}))" for one in both)
    told, other = (json.loads(line) for line in node(script, CLIENT_LOCALE="bg-BG").stdout.splitlines())
    assert told["locale"] == "bg-BG"
    assert told["entities"] == [{"type": "clientInfo", "locale": "bg-BG"}, {"type": "mention", "text": "en-US"}]
    assert other == {"locale": "en-US"}


def node(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*node_command(), "--require", str(PRELOAD), "--eval", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)


def listening(pid: int) -> list[str]:
    """The local addresses a process listens on, as the kernel writes them (Linux)."""
    descriptors = Path(f"/proc/{pid}/fd")
    if not descriptors.exists():
        pytest.skip("needs Linux: it reads /proc")
    own = {str(descriptor.readlink()) for descriptor in descriptors.iterdir()}
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
                found.append(fields[1])
    return found
