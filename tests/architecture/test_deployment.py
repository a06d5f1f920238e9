"""What is deployed fits the product: the proxy passes the bot's addresses, compose names what there is, the examples ask
for every decision.
"""

import base64
import hashlib
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # no stubs are installed

from bot.dialogs import DIALOGS
from bot.graph.options import MOST_TEAMS
from bot.runtime.bounds import RANGES
from bot.runtime.connections import HEAD_BYTES, HEAD_SECONDS
from bot.runtime.pages import DOWNLOAD_SECONDS, HEADERS
from bot.runtime.settings import Settings
from bot.runtime.web import HEALTH, application, limits
from tests.architecture.test_documents import SETTINGS, rows
from tests.architecture.tree import ROOT
from tests.unit.runtime.test_settings import LOCAL
from tests.unit.texts.test_given_up_words import given_up

DEPLOY = ROOT / "deploy"
CADDYFILE = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
ABOUT = {"/", "/privacy", "/terms", "/support"}
"""Pages about the bot, which the manifest names."""
UNITS = {"KiB": 1024, "MiB": 1024**2}
COME_LATER: set[str] = set()
"""Named in the guide or the examples before they are in this repository. Whatever arrives is taken off (a test asks)."""
NO_FIELDS = 1024
"""What the proxy lets through to addresses that read no body."""


def served() -> set[str]:
    """The addresses of the web process, `*` for what varies."""
    cases = SimpleNamespace(collect=_never, run=_never, table=_never, papers=_never, upload=_never)
    container = SimpleNamespace(
        settings=Settings.read(LOCAL),
        teams=SimpleNamespace(adapter=SimpleNamespace(handle=_never)),
        database=SimpleNamespace(queue=SimpleNamespace(counts=_never)),
        clock=SimpleNamespace(in_doubt=False),
        transport=SimpleNamespace(ways=SimpleNamespace(shown=dict)),
        catalog=SimpleNamespace(speak=lambda language: lambda text: text),
        services=[SimpleNamespace(dialog=one, cases=cases) for one in DIALOGS],
        installing=None,
        offices=None,
    )
    app = application(container)  # type: ignore[arg-type]  # only what it hands on to handlers
    return {re.sub(r"\{\w+\}", "*", route.resource.canonical) for route in app.router.routes() if route.resource}


async def _never(*_: object) -> None:
    raise AssertionError("nothing is asked here")


def passed() -> dict[str, int]:
    """The addresses that the proxy passes on → how many bytes may be sent there."""
    matchers = dict(re.findall(r"^\s*(@\w+) path (.+)$", CADDYFILE, re.MULTILINE))
    found: dict[str, int] = {}
    blocks = re.findall(r"handle (@\w+) \{\s*request_body \{\s*max_size (\d+)(\w+)\s*\}\s*import bot\s*\}", CADDYFILE)
    for matcher, number, unit in blocks:
        found |= dict.fromkeys(matchers.pop(matcher).split(), int(number) * UNITS[unit])
    assert not matchers, "a matcher without a handler"
    return found


def test_the_proxy_passes_exactly_the_addresses_of_the_bot() -> None:
    addresses, ours = set(passed()), served()

    assert len(ours) > 3
    assert ours - {HEALTH} - addresses == set(), "what nobody outside reaches"
    assert addresses - ours == set(), "what the bot does not serve"
    assert addresses >= ABOUT
    assert not any(re.fullmatch(address.replace("*", ".*"), HEALTH) for address in addresses)
    assert CADDYFILE.count("reverse_proxy") == 1


def test_the_proxys_limits_are_the_bots() -> None:
    ours = limits(Settings.read(LOCAL))

    for address, most in passed().items():
        assert most == (ours.body_of(address).most or NO_FIELDS), address
    waits = dict(
        re.findall(
            r"^\s*(read_header|read_body|idle|keepalive|write|response_header_timeout) (\d+)s$",
            CADDYFILE,
            re.MULTILINE,
        )
    )
    assert int(waits["read_header"]) == HEAD_SECONDS
    assert int(waits["read_body"]) == max(limit.seconds for limit in ours.bodies.values())
    assert int(waits["idle"]) == ours.idle_seconds
    assert int(waits["keepalive"]) < ours.idle_seconds, "the bot would close what the proxy is about to use"
    assert int(waits["write"]) > int(waits["read_body"])
    assert int(waits["response_header_timeout"]) >= DOWNLOAD_SECONDS + 10, (
        "what was made is not told before it is cut"
    )
    assert f"max_header_size {HEAD_BYTES // 1024}KiB" in CADDYFILE


def test_the_proxys_own_page_has_the_headers_of_the_bots_and_the_words_of_the_house() -> None:
    page = CADDYFILE.partition("(page) {")[2].partition("\n}")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    source = f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    wanted = HEADERS | {"Content-Security-Policy": f"{HEADERS['Content-Security-Policy']}; style-src {source}"}
    assert dict(re.findall(r'^\t\t([A-Z][\w-]+) "(.+)"$', page, re.MULTILINE)) == {
        **wanted,
        "Content-Type": "text/html; charset=utf-8",
    }
    said = re.findall(r' "([^"]+)" "([^"]+)" "([^"]+)"$', CADDYFILE, re.MULTILINE)
    assert len(said) == 3
    for title, text, english in said:
        assert not given_up(f"{title}\n{text}", "bg")
        assert not given_up(english, "en")


def test_no_service_can_take_the_hosts_memory_or_its_rights() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "database"}
    for name, service in SERVICES.items():
        assert service["mem_limit"] == service["memswap_limit"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name
        assert name == "database" or service["cap_drop"] == ["ALL"], name


def test_only_the_proxy_is_reached_from_outside_and_it_does_not_reach_the_database() -> None:
    open_to_all = {
        name for name, one in SERVICES.items() for port in one.get("ports", ()) if not port.startswith("127.0.0.1:")
    }
    assert open_to_all == {"proxy"}
    assert SERVICES["database"]["networks"] == ["store"]
    assert "store" not in SERVICES["proxy"].get("networks", ["default"])


def test_the_web_sees_nothing_of_the_writer() -> None:
    assert "worker.env" not in SERVICES["web"]["env_file"]
    assert not [mount for mount in SERVICES["web"]["volumes"] if "worker" in mount]
    assert not re.search(r"^#?GRAPH_WRITER_", example("settings.example.env"), re.MULTILINE)
    assert not [line for line in example("settings.example.env").splitlines() if "/run/worker-files/" in line]


@pytest.mark.parametrize(("name", "services"), [("settings", ("web", "worker")), ("worker", ("worker",))])
def test_every_file_that_an_example_names_lies_where_a_container_sees_it(
    name: str, services: tuple[str, ...]
) -> None:
    files = re.findall(r"^#?[A-Z_]+=(/\S+)$", example(f"{name}.example.env"), re.MULTILINE)

    assert files
    for service in services:
        mounts = [mount.split(":") for mount in SERVICES[service]["volumes"]]
        assert all(how == "ro" for *_, how in mounts)
        assert [file for file in files if Path(file).parent.as_posix() not in {at for _, at, _ in mounts}] == []


def test_the_examples_ask_for_every_decision() -> None:
    """A setting without a default is a decision. It stands in an example, if only as a comment, or compose sets it."""
    asked = set(re.findall(r"^#?([A-Z_]+)=", example("settings.example.env"), re.MULTILINE))
    asked |= set(re.findall(r"^#?([A-Z_]+)=", example("worker.example.env"), re.MULTILINE))
    set_here = set(re.findall(r"^\s+([A-Z_]+): ", COMPOSE, re.MULTILINE))
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    undecided = {
        name
        for line in page.splitlines()
        if re.match(r"\| `.*\| – \|", line)
        for name in re.findall(r"`([A-Z_]+)", line.split("|")[1])
    }

    assert len(undecided) > 12
    assert undecided - asked - set_here == set()
    assert asked - set(SETTINGS) - COME_LATER == set()
    assert {name for names, _ in rows() for name in names} == set(SETTINGS)


@pytest.mark.parametrize("process", ["web", "worker"])
def test_the_examples_filled_in_are_settings_to_start_with(process: str, tmp_path: Path) -> None:
    given: dict[str, str] = {}
    names = SERVICES[process]["env_file"]
    for name in [names] if isinstance(names, str) else names:
        text = example(name.replace(".env", ".example.env"))
        given |= dict(re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE))
    for name, value in given.items():
        if value.startswith("/run/"):
            given[name] = str(tmp_path / Path(value).name)
            Path(given[name]).write_text("x", encoding="utf-8")
        elif not value:
            given[name] = f"7d1a3c1e-0000-4000-8000-{len(name):012}"
    here = {
        name: re.sub(r"\$\{\w+[^}]*\}", "x", re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value))
        for name, value in SERVICES[process]["environment"].items()
    }
    (tmp_path / "key").write_text("ab" * 32, encoding="utf-8")

    settings = Settings.read(given | here | {"KEY_FILE": str(tmp_path / "key")})

    assert settings.process == process
    assert settings.real_tenant
    assert bool(settings.graph_writer_client_id) == (process == "worker")


def test_web_and_worker_together_ask_no_more_than_microsoft_answers_one_application() -> None:
    usual, given = Settings.read(LOCAL), {}
    for process in ("web", "worker"):
        said = SERVICES[process]["environment"]["GRAPH_TEAMS_REQUESTS_PER_SECOND"]
        (name, share) = re.findall(r"^\$\{([A-Z_]+):-(\d+)\}$", said)[0]
        assert name == f"{process.upper()}_TEAMS_REQUESTS_PER_SECOND"
        assert f"{name}={share}\n" in example("compose.example.env")
        given[process] = int(share)

    assert sum(given.values()) < MOST_TEAMS < 2 * usual.graph_teams_requests_per_second
    assert given["web"] > 3 * given["worker"], "people wait for web"
    assert 2 * usual.graph_requests_per_second < RANGES["graph_requests_per_second"][1]


def test_what_compose_and_the_proxy_ask_for_stands_in_the_example() -> None:
    wanted = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    given = set(re.findall(r"^([A-Z_]+)=", example("compose.example.env"), re.MULTILINE))

    assert wanted == given
    without_default = set(re.findall(r"\{\$([A-Z_]+)\}", CADDYFILE))
    assert without_default == set(SERVICES["proxy"]["environment"])


def test_what_operators_fill_in_reaches_neither_git_nor_the_image() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    made = {".env", "settings.env", "worker.env", "master.key", "files/", "worker-files/", "tls/", "backups/"}

    assert {name for name in made if f"deploy/{name}" not in ignored and name not in ignored} == set()
    assert "*" in kept
    assert not [line for line in kept if line.startswith("!deploy") and line.rstrip("/") == "!deploy"]


def example(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")
