"""The administrator's guide tells the truth: every command, setting, log line and word of the bot in it exists."""

import re
from pathlib import Path

import pytest

from bot.runtime.self_installation import REFUSED, UNSEEN
from deploy.provision.wanted import IDENTITIES
from tests.architecture.test_deployment import COME_LATER, COMPOSE, SERVICES
from tests.architecture.test_documents import SETTINGS
from tests.architecture.tree import ROOT

GUIDES = {language: (ROOT / "docs" / f"guide.{language}.md").read_text(encoding="utf-8") for language in ("bg", "en")}
LINES, WIDEST = 270, 250
PLACEHOLDERS = {"GROUP_ID"}
VERBS = {"up", "stop", "restart", "ps", "logs", "run", "exec"}


def fences(text: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def code(text: str) -> list[str]:
    """What is written as code: each line of the blocks, and each span."""
    outside = re.sub(r"^```\n.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line for block in fences(text) for line in block.splitlines()]
    return lines + [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", outside)]


def read(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def subcommands() -> set[str]:
    return set(re.findall(r'commands\.add_parser\(\s*"(\w+)"', read("app.py")))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*##", read("Makefile"), re.MULTILINE))


def variables() -> set[str]:
    """All that a setting-like name may mean."""
    found = set(SETTINGS) | set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))
    found |= set(re.findall(r'given\("([A-Z_]+)"', read("manifest", "__main__.py")))
    for script in (ROOT / "deploy").glob("*.sh"):
        found |= set(re.findall(r"\$\{([A-Z_]+):-", script.read_text(encoding="utf-8")))
    found |= set(re.findall(r'environment(?:\.get\(|\[)"([A-Z_]+)"', read("deploy", "provision", "signing_in.py")))
    return found


@pytest.mark.parametrize("language", GUIDES)
def test_it_is_short_enough_to_be_followed_and_its_steps_are_numbered(language: str) -> None:
    lines = GUIDES[language].splitlines()

    assert len(lines) <= LINES
    assert max(map(len, lines)) <= WIDEST
    numbers = [int(number) for number in re.findall(r"^## (\d+)\. ", GUIDES[language], re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 15


def test_both_languages_have_the_same_steps_commands_and_names() -> None:
    bulgarian, english = GUIDES["bg"], GUIDES["en"]

    assert fences(bulgarian) == fences(english)
    assert sorted(set(code(bulgarian))) == sorted(set(code(english)))
    assert re.findall(r"^## (\d+)\.", bulgarian, re.MULTILINE) == re.findall(r"^## (\d+)\.", english, re.MULTILINE)


@pytest.mark.parametrize("language", GUIDES)
def test_every_setting_in_it_exists(language: str) -> None:
    named = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", " ".join(code(GUIDES[language]))))

    assert len(named) > 12
    assert named - variables() - PLACEHOLDERS - COME_LATER == set()


@pytest.mark.parametrize("language", GUIDES)
def test_every_command_in_it_exists(language: str) -> None:
    said = "\n".join(code(GUIDES[language]))
    made = set(re.findall(r"\bmake (\w+)", said))
    ours = set(re.findall(r"(?:app\.py |run --rm worker |^(?=doctor|audit))(\w+)", said, re.MULTILINE))
    composed = re.findall(r"docker compose -f (\S+) (\w+)(?: --?\S+(?: \d+h)?)*((?: [a-z]+)*)", said)

    assert made
    assert made - targets() - COME_LATER == set()
    assert "doctor" in ours
    assert ours - subcommands() - COME_LATER == set()
    assert len(composed) > 5
    for file, verb, services in composed:
        assert (ROOT / file).is_file()
        assert verb in VERBS
        if verb == "exec":
            assert services.split()[0] in SERVICES, services
        elif verb != "run":
            assert set(services.split()) <= set(SERVICES), services
    for script in set(re.findall(r"\bsh (\S+)", said)):
        assert (ROOT / script).is_file(), script


def test_what_has_arrived_is_no_longer_said_to_come() -> None:
    assert COME_LATER & (subcommands() | targets() | set(SETTINGS)) == set()


@pytest.mark.parametrize("language", GUIDES)
def test_every_log_line_in_it_is_written_somewhere(language: str) -> None:
    rows = re.findall(
        r"^\| (.*`.*) \| .* \| .* \|$", GUIDES[language].partition("## 15.")[2].partition("## 16.")[0], re.MULTILINE
    )
    lines = [span for row in rows for span in re.findall(r"`([^`]+)`", row)]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    states = read("bot", "runtime", "health.py")

    assert len(lines) > 8
    for line in [*lines, "audit anchor"]:
        state = re.fullmatch(r'"(?:state|clock)": ("[\w-]+")', line)
        assert (state.group(1) in states) if state else (line in sources), line


@pytest.mark.parametrize("language", GUIDES)
def test_every_line_that_the_log_calls_critical_is_in_it(language: str) -> None:
    told = code(GUIDES[language])

    for path in (ROOT / "bot").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for critical in re.findall(r'log\.critical\(\s*"([^"]+)"', text):
            assert any(span in critical for span in told if len(span) > 15), critical
    for critical in (REFUSED, UNSEEN):
        assert any(critical.startswith(span) for span in told if len(span) > 15), critical


@pytest.mark.parametrize("language", GUIDES)
def test_every_option_of_provisioning_and_of_the_package_in_it_exists(language: str) -> None:
    options = set(re.findall(r'\badd\(\s*"(--[a-z-]+)"', read("deploy", "provision", "__main__.py")))
    options |= {one.option for one in IDENTITIES}
    options |= set(re.findall(r'add_argument\(\s*"(--[a-z-]+)"', read("manifest", "__main__.py")))
    named = {
        option
        for span in code(GUIDES[language])
        if re.match(r"(PROVISION_\S+ )*make |--", span)
        for option in re.findall(r"--[a-z-]+", span)
    }

    assert {"--bot-app-id", "--version", "--sites-host"} <= named
    assert named - options - {"--language"} == set(), "the doctor has a language, too"


@pytest.mark.parametrize("language", GUIDES)
def test_every_word_of_the_bot_in_it_is_the_bots(language: str) -> None:
    texts = "\n".join(path.read_text(encoding="utf-8") for path in Path(ROOT / "bot").rglob("*.ftl"))
    quoted = re.findall(r"„([^“]+)“", GUIDES[language])
    typed = re.findall(r"^command-[\w-]+-word = (.+)$", texts, re.MULTILINE)

    assert len(quoted) > 2
    assert [words for words in quoted if words not in texts] == []
    step = GUIDES[language].partition("## 14.")[2].partition("## 15.")[0]
    words = re.findall(r"`([а-я]+(?: [а-я]+)*)`", step)
    assert len(set(words)) == 6
    assert set(words) <= set(typed)


def test_the_readme_leads_to_it() -> None:
    assert all(f"docs/guide.{language}.md" in read("README.md") for language in GUIDES)
