"""Every text the code speaks exists, gets the arguments it needs, and no text is dead. Then: this test can fail."""

import re
from pathlib import Path

import pytest

from bot.core import errors
from bot.core.accounts.ask import ANSWERED, OVER
from bot.core.accounts.model import BoardState, Closers, View
from bot.core.class_links.cases import Platform, Trouble
from bot.core.class_links.expected import Fault, RowFault
from bot.core.class_links.model import WHO, Flag, LinkState, Remedy, Who
from bot.core.class_links.one_time_links import LinkPage
from bot.core.decision import Reason
from bot.core.handover.model import Recipient
from bot.core.intake.model import IntakeFault
from bot.core.lists.hold import HeldState
from bot.core.lists.kept import FolderTrouble
from bot.core.lists.model import ColumnMeaning, ListFault, ListNote, ListRemark, ListRowFault
from bot.core.oversight.figures import Hidden, HowFar, RegionView
from bot.core.passwords.model import Failure, PasswordStatus
from bot.core.people.identifiers import IdentifierProblem
from bot.core.people.model import AccountState
from bot.core.transfers.model import CLOSED, Basis, Event, Group, Problem, Side, State
from bot.core.transfers.policy import Choice
from bot.core.transfers.told import NOTICES, DeliveryState
from bot.core.usernames.model import PurposeKind
from bot.dialogs import FOLDERS
from bot.dialogs.class_links.words import STYLES
from bot.dialogs.own_class.closing import WITHOUT_SEN
from bot.dialogs.own_class.news import UNREACHED
from bot.router.courtesies import COURTESIES
from bot.texts.catalog import LANGUAGES, Catalog
from tests.architecture.text_uses import sources, unused, uses
from tests.conversations.bot import DIALOG_NAMES

ROOT = Path(__file__).parents[2]
DIALOGS = ROOT / "bot" / "dialogs"
MAPS = frozenset({"bot/refusals.py"})

_LISTS = tuple(sorted(text_id for text_id in Catalog.load().ids if text_id.startswith("words-")))
WITH_ARGUMENTS = {LinkState.FAILED, LinkState.STUDENTS_MISSING}
WITH_ROW = {LinkState.FAILED, LinkState.LOOPING, LinkState.DUPLICATE}
WITH_PLACE = {Fault.NO_FILES, Fault.NOT_TEXT, Fault.NO_COLUMN, Fault.ROW, Fault.LOCKED, Fault.REFUSED}
WITHOUT_TIME = {PasswordStatus.NEVER, PasswordStatus.HANDED, PasswordStatus.UNKNOWN, PasswordStatus.UNREADABLE}
BY_KIND = {IdentifierProblem.LENGTH, IdentifierProblem.CHECK_DIGIT, IdentifierProblem.LETTER_FOR_DIGIT}
BASES = {"OutsideError", "DirectoryError"}
DECIDED_AGAINST = CLOSED - {State.DONE, State.STALE, State.EXPIRED}
VERDICTS = (*DECIDED_AGAINST, "approved", "returned", "taken-back")
NEVER_WHY = {Choice.WITHDRAW, Choice.RETRY}
OUTCOMES = {event for event in NOTICES if event not in {Event.REMINDED, Event.OPENED}}
FAMILIES = {
    "refusal-{}": tuple(f"refusal-{reason}" for reason in Reason),
    "failure-{}": tuple(f"failure-{failure}" for failure in Failure),
    "error-{}": tuple(
        "error" + re.sub("([A-Z])", r"-\1", name).lower()
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.OutsideError) and name not in BASES
    ),
    "identifier-{}": tuple(f"identifier-{problem}" for problem in IdentifierProblem if problem not in BY_KIND),
    "identifier-length-{}": ("identifier-length-egn", "identifier-length-lnch"),
    "identifier-check-digit-{}": ("identifier-check-digit-egn", "identifier-check-digit-lnch"),
    "command-{}": tuple(f"command-{command}" for command in DIALOG_NAMES),
    "command-{}-word": tuple(f"command-{command}-word" for command in DIALOG_NAMES),
    "command-{}-example": tuple(f"command-{command}-example" for command in DIALOG_NAMES),
    "{}-hint": tuple(f"command-{command}-hint" for command in DIALOG_NAMES),
    "{}-word": tuple(f"command-{command}-word" for command in DIALOG_NAMES),
    "words-{}": _LISTS,
    "language-{}": tuple(f"language-{code}" for code in LANGUAGES),
    "lookup-reason-{}": tuple(f"lookup-reason-{purpose.value}" for purpose in PurposeKind),
    "recipient-{}": tuple(f"recipient-{recipient.value}" for recipient in Recipient),
    "link-state-{}": tuple(f"link-state-{state.value}" for state in LinkState),
    "link-cause-{}": tuple(f"link-cause-{state.value}" for state in LinkState if state not in WITH_ARGUMENTS),
    "link-next-{}": tuple(f"link-next-{state.value}" for state in LinkState if state not in WITH_ROW),
    "link-next-remind-{}": tuple(
        f"link-next-remind-{state.value}" for state in LinkState if WHO[state] is Who.TEACHER
    ),
    "link-who-{}": tuple(f"link-who-{who.value}" for who in Who),
    "link-flag-{}": tuple(f"link-flag-{flag.value}" for flag in Flag),
    "link-flagged-{}": tuple(f"link-flagged-{flag.value}" for flag in Flag),
    "card-links-bar-{}": tuple(f"card-links-bar-{style}" for style in set(STYLES.values())),
    "choices-closers-{}": tuple(f"choices-closers-{one}" for one in Closers),
    "own-do-{}": tuple(f"own-do-{state.value}" for state in BoardState),
    "own-state-{}": tuple(f"own-state-{state.value}" for state in BoardState),
    "own-told-{}": tuple(f"own-told-{ended}" for ended in (ANSWERED, OVER, UNREACHED)),
    "own-told-{}-title": tuple(f"own-told-{ended}-title" for ended in (ANSWERED, OVER, UNREACHED)),
    "own-close-refused-{}": tuple(f"own-close-refused-{reason}" for reason in WITHOUT_SEN),
    "link-do-{}": tuple(
        f"link-do-{what.value}"
        for what in (*Flag, Who.HELP_DESK, *(one for one in LinkState if WHO[one] in {Who.DIRECTOR, Who.TEACHER}))
    ),
    "link-act-{}": tuple(f"link-act-{act.value}" for act in Remedy),
    "link-act-correct-{}": tuple(f"link-act-correct-{act.value}" for act in Remedy),
    "link-trouble-{}": tuple(f"link-trouble-{trouble.value}" for trouble in Trouble),
    "links-fault-{}": tuple(f"links-fault-{fault.value}" for fault in Fault if fault not in WITH_PLACE),
    "link-page-row-{}": tuple(f"link-page-row-{why.value}" for why in RowFault),
    "links-platform-{}": tuple(f"links-platform-{platform.value}" for platform in Platform),
    "links-platform-{}-next": tuple(f"links-platform-{platform.value}-next" for platform in Platform),
    "links-platform-{}-reminds": tuple(f"links-platform-{platform.value}-reminds" for platform in Platform),
    "links-platform-to-{}-sure": tuple(f"links-platform-to-{platform.value}-sure" for platform in Platform),
    "links-platform-to-{}": tuple(f"links-platform-to-{platform.value}" for platform in Platform),
    "links-errand-{}": tuple(f"links-errand-{link_page.value}" for link_page in LinkPage),
    "links-errand-{}-about": tuple(f"links-errand-{link_page.value}-about" for link_page in LinkPage),
    "link-page-{}-title": tuple(f"link-page-{link_page.value}-title" for link_page in LinkPage),
    "link-page-{}-about": tuple(f"link-page-{link_page.value}-about" for link_page in LinkPage),
    "link-page-{}-button": tuple(f"link-page-{link_page.value}-button" for link_page in LinkPage),
    **{
        f"{{}}-{end}": tuple(
            f"{page}-page-{end}" for page in ("slip", "link", "accounts", "paper", "listed", "region")
        )
        for end in ("gone", "wrong", "trouble")
    },
    "account-state-{}": tuple(f"account-state-{state}" for state in BoardState),
    "account-next-{}": tuple(f"account-next-{state}" for state in BoardState),
    "account-handed-{}": tuple(f"account-handed-{recipient}" for recipient in Recipient),
    "accounts-view-{}": tuple(f"accounts-view-{view}" for view in View if view is not View.CLASS),
    "accounts-view-{}-do": tuple(
        f"accounts-view-{view}-do" for view in View if view not in {View.CLASS, View.TEACHERS}
    ),
    "listed-state-{}": tuple(f"listed-state-{state}" for state in HeldState),
    "listed-do-{}": tuple(f"listed-do-{state}" for state in HeldState),
    "listed-next-{}": tuple(f"listed-next-{state}" for state in HeldState),
    "listed-trouble-{}": tuple(f"listed-trouble-{trouble}" for trouble in FolderTrouble),
    "listed-fault-{}": tuple(f"listed-fault-{fault}" for fault in ListFault),
    "listed-note-{}": tuple(f"listed-note-{note}" for note in ListNote if note is not ListNote.REPEATED),
    "listed-remark-{}": tuple(f"listed-remark-{remark}" for remark in ListRemark),
    "listed-page-why-{}": tuple(f"listed-page-why-{why}" for why in ListRowFault),
    "listed-meaning-{}": tuple(f"listed-meaning-{meaning}" for meaning in ColumnMeaning),
    "intake-fault-{}": tuple(f"intake-fault-{fault}" for fault in IntakeFault),
    "region-{}": tuple(f"region-{hidden}" for hidden in Hidden),
    "region-progress-{}": tuple(f"region-progress-{how_far}" for how_far in HowFar),
    "region-view-{}": tuple(f"region-view-{view}" for view in RegionView),
    "courtesy-{}": tuple(f"courtesy-{courtesy}" for courtesy in COURTESIES if courtesy != "greeting"),
    "card-password-status-{}": tuple(f"card-password-status-{status}" for status in (*PasswordStatus, "past")),
    "card-password-status-{}-at": tuple(
        f"card-password-status-{status}-at" for status in (*PasswordStatus, "past") if status not in WITHOUT_TIME
    ),
    "card-password-to-{}": tuple(f"card-password-to-{recipient}" for recipient in Recipient),
    "card-password-handed-{}": tuple(f"card-password-handed-{recipient}" for recipient in Recipient),
    "card-password-hand-{}": tuple(f"card-password-hand-{recipient}" for recipient in Recipient),
    "card-result-{}": tuple(f"card-result-{state}" for state in AccountState),
    "card-result-{}-advice": tuple(
        f"card-result-{state}-advice" for state in AccountState if state is not AccountState.ACTIVE
    ),
    "card-transfer-basis-{}": tuple(f"card-transfer-basis-{basis}" for basis in Basis),
    "transfer-state-{}": tuple(f"transfer-state-{state}" for state in State),
    "transfer-problem-{}": tuple(f"transfer-problem-{problem}" for problem in Problem),
    "transfer-reach-{}": tuple(f"transfer-reach-{reach}" for reach in DeliveryState),
    "transfer-lead-office-only-{}": tuple(f"transfer-lead-office-only-{side}" for side in Side),
    "transfer-office-unreached-{}": tuple(
        f"transfer-office-unreached-{side}" for side in (Side.RECEIVING, Side.RELEASING)
    ),
    "transfer-lead-appealed-{}": tuple(f"transfer-lead-appealed-{side}" for side in Side),
    "transfer-verdict-{}": tuple(f"transfer-verdict-{state}" for state in VERDICTS),
    "transfer-{}": tuple(f"transfer-{choice}" for choice in Choice),
    "transfer-done-{}": tuple(f"transfer-done-{choice}" for choice in Choice),
    "transfer-why-{}": tuple(f"transfer-why-{choice}" for choice in Choice if choice not in NEVER_WHY),
    "transfer-outcome-{}": tuple(f"transfer-outcome-{event}" for event in OUTCOMES),
    "transfer-outcome-{}-title": tuple(f"transfer-outcome-{event}-title" for event in OUTCOMES),
    "requests-{}": tuple(f"requests-{group}" for group in Group),
    "requests-share-{}": ("requests-share-escalated", "requests-share-overdue", "requests-share-needs-attention"),
    "requests-none-{}": tuple(f"requests-none-{group}" for group in Group),
    "digit-{}": tuple(f"digit-{digit}" for digit in range(10)),
}
"""Ids made at run time. A new family is declared here, with the ids it stands for."""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load()


def test_the_code_speaks_only_texts_that_exist_with_the_arguments_they_need(catalog: Catalog) -> None:
    found = uses(sources(ROOT, "bot", "cards"), catalog, FAMILIES, MAPS)

    assert len(found.used) > 50
    assert not found.problems, "\n".join(found.problems)


def test_no_text_is_dead(catalog: Catalog) -> None:
    found = uses(sources(ROOT, "bot", "cards", "manifest"), catalog, FAMILIES, MAPS)

    assert unused(found, catalog) == []


_TEXT = re.compile(r"^([a-z][a-z0-9-]*) =", re.MULTILINE)
_REFERENCE = re.compile(r"\{ ([a-z][a-z0-9-]*) \}")


def of_folder(folder: str) -> str:
    return (DIALOGS / folder / "bg.ftl").read_text("utf-8") if folder else ""


def borrowed(catalog: Catalog, folder: str) -> list[str]:
    """The ids of other folders that the texts and the code of this one name, but for what a service is called. "":
    what all are made with.
    """
    code = {path: source for path, source in sources(ROOT, "bot/dialogs").items() if Path(path).parent.name == folder}
    if not folder:
        code = {path: source for path, source in sources(ROOT, "bot").items() if Path(path).parent.name == "dialogs"}
    named = uses(code, catalog, FAMILIES).used | set(_REFERENCE.findall(of_folder(folder)))
    others = {text_id for other in FOLDERS if other != folder for text_id in _TEXT.findall(of_folder(other))}
    return sorted(text_id for text_id in named & others if not text_id.startswith("command-"))


@pytest.mark.parametrize("folder", ["", *FOLDERS])
def test_a_dialog_speaks_its_own_words_and_those_that_belong_to_no_service(catalog: Catalog, folder: str) -> None:
    """Else it would be without them where the other folder is not."""
    assert borrowed(catalog, folder) == []


@pytest.fixture
def planted(tmp_path: Path) -> Catalog:
    for language in ("bg", "en"):
        (tmp_path / language).mkdir()
        (tmp_path / language / "a.ftl").write_text(
            "hello-person = { $name }\nplain-text = x\ndead-text = x\nkind-one = 1\nkind-two = { $n }\n",
            encoding="utf-8",
        )
    return Catalog.load(tmp_path)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('t("hello-persn", name="x")', "no text 'hello-persn'"),
        ('t("hello-person")', "needs ['name'], is given []"),
        ('t("hello-person", nmae="x")', "needs ['name'], is given ['nmae']"),
        ('scene.t("plain-text", name="x")', "needs [], is given ['name']"),
        ('catalog.speak("bg")("plain-txt")', "no text 'plain-txt'"),
        ('t("plain-text" if x else "plane-text")', "no text 'plane-text'"),
        ('t("hello-person", **words)', "must be written out"),
        ('t("hello-person", "x")', "id first and named arguments"),
        ('t(f"sort-{x}")', "family of texts 'sort-{}' is not declared"),
        ('t(f"kind-{x}")', "'kind-two' needs ['n'], is given []"),
    ],
)
def test_a_wrong_call_is_named_with_its_place(planted: Catalog, line: str, problem: str) -> None:
    found = uses({"bot/room.py": f"\n{line}\n"}, planted, {"kind-{}": ("kind-one", "kind-two")})

    assert len(found.problems) == 1
    assert found.problems[0].startswith("bot/room.py:2: ")
    assert problem in found.problems[0]


@pytest.mark.parametrize(
    "line",
    [
        't("hello-person", name="x")', 'scene.t("plain-text")', 'catalog.speak("en")("plain-text")',
        't("plain-text" if x else "dead-text")', "t(TEXTS[reason])", 'other("hello-persn")', 't(f"kind-{x}", n=1)',
    ],
)  # fmt: skip
def test_a_right_call_is_left_alone(planted: Catalog, line: str) -> None:
    assert uses({"bot/room.py": line}, planted, {"kind-{}": ("kind-two",)}).problems == ()


def test_a_misspelt_id_in_a_map_is_named(planted: Catalog) -> None:
    source = '"""Prose may say half-dead things."""\nMAP = {1: "plain-text", 2: "plain-txt"}\n'

    assert uses({"bot/map.py": source}, planted, {}).problems == ()
    assert uses({"bot/map.py": source}, planted, {}, frozenset({"bot/map.py"})).problems == (
        "bot/map.py:2: no text 'plain-txt'",
    )


def test_a_dead_text_is_named(planted: Catalog) -> None:
    source = (
        '"""dead-text"""\nt("hello-person", name="x")\nMAP = {1: "plain-text"}\nt(f"kind-{x}", n=2)\n# dead-text\n'
    )
    found = uses({"bot/room.py": source}, planted, {"kind-{}": ("kind-one", "kind-two")})

    assert unused(found, planted) == ["dead-text"]


def test_a_planted_tree_is_read_file_by_file(planted: Catalog, tmp_path: Path) -> None:
    (tmp_path / "bot" / "deep").mkdir(parents=True)
    (tmp_path / "bot" / "deep" / "room.py").write_text('def f(t):\n    return t("no-such")\n', encoding="utf-8")

    found = uses(sources(tmp_path, "bot"), planted, {})

    assert found.problems == ("bot/deep/room.py:2: no text 'no-such'",)
