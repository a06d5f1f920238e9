"""The Teams app package: what it asks for, what it says, and whether it is one."""

import io
import json
import re
import tomllib
import zipfile
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from bot.dialogs import DIALOGS
from bot.dialogs.described import described
from bot.router import Router
from bot.texts.catalog import LANGUAGES, Catalog
from manifest.__main__ import main
from manifest.build import (
    FOLDER,
    SCHEMA,
    Answers,
    PackageError,
    listed_commands,
    offered_commands,
    package_files,
    zipped,
)
from manifest.icons import color_icon, outline_icon
from manifest.judge import SCHEMAS, faults

CATALOG = Catalog.load()
ANSWERS = Answers(
    app_id="00000000-1111-2222-3333-444444444444",
    host="bot.example.bg",
    version="1.2.3",
    developer="Примерна дирекция",
    website_url="https://example.bg/",
    privacy_url="https://example.bg/privacy",
    terms_url="https://example.bg/terms",
)


@pytest.fixture(scope="module")
def files():
    return package_files(ANSWERS, CATALOG)


@pytest.fixture(scope="module")
def manifest(files):
    return json.loads(files["manifest.json"])


@pytest.fixture(scope="module")
def english(files):
    return json.loads(files["en.json"])


def test_microsofts_schemas_accept_the_package(files):
    found = faults(files)
    if found is None:
        pytest.skip(
            "Microsoft's Teams manifest schemas are not beside the project (../shared/schemas/teams-manifest)"
        )
    assert found == []


def test_microsofts_schemas_notice_a_wrong_package(files):
    broken = json.loads(files["manifest.json"])
    broken["bots"][0]["scopes"] = ["everywhere"]
    found = faults({**files, "manifest.json": json.dumps(broken).encode()})
    if found is None:
        pytest.skip(
            "Microsoft's Teams manifest schemas are not beside the project (../shared/schemas/teams-manifest)"
        )
    assert any("everywhere" in fault for fault in found)


def test_without_the_schemas_nothing_is_called_valid(files, tmp_path):
    assert faults(files, tmp_path) is None


def test_the_commands_are_those_the_bot_answers(manifest):
    t = CATALOG.speak("bg")
    assert set(listed_commands()) <= set(offered_commands())
    assert manifest["bots"][0]["commandLists"][0]["commands"] == [
        {"title": t(f"command-{command}"), "description": t(f"command-{command}-hint")}
        for command in listed_commands()
    ]


@pytest.mark.parametrize("more", [0, 1, 2, 3, 20])
def test_a_list_that_is_full_keeps_the_help_and_begins_with_the_menu(more):
    """The last in the menu are left out first, and before them what else stands beside it; the order stays."""
    dialogs = [one for one in DIALOGS if one.place == "menu"][:7]
    imagined = [replace(dialogs[0], name=f"imagined-{number}") for number in range(more)]
    beside = [one for one in DIALOGS if one.place == "beside"]
    menu = [one.name for one in (*dialogs, *imagined)]

    listed = listed_commands([*dialogs, *imagined, *beside])

    assert len(listed) == min(10, 9 + more)
    assert listed == (*menu[:9], "help", *(["language"] if more < 2 else []))


def test_a_chosen_command_is_typed_as_its_title_and_the_router_understands_it():
    router = Router(CATALOG, DIALOGS)
    for language in LANGUAGES:
        t = CATALOG.speak(language)
        assert {command: router.hear(t(f"command-{command}")).name for command in offered_commands()} == {
            command: command for command in offered_commands()
        }


def test_every_command_has_its_english_words(manifest, english):
    commands = manifest["bots"][0]["commandLists"][0]["commands"]
    t = CATALOG.speak("en")
    for number, command in enumerate(listed_commands()):
        place = f"bots[0].commandLists[0].commands[{number}]"
        assert english[f"{place}.title"] == t(f"command-{command}")
        assert english[f"{place}.description"] == t(f"command-{command}-hint")
    assert sum(key.startswith("bots[0]") for key in english) == 2 * len(commands)


def test_the_texts_fit_the_clients_of_old_tenants(manifest, english):
    commands = manifest["bots"][0]["commandLists"][0]["commands"]
    assert len(commands) <= 10
    titles = [command["title"] for command in commands] + [v for k, v in english.items() if k.endswith("].title")]
    hints = [command["description"] for command in commands]
    hints += [value for key, value in english.items() if key.endswith("].description")]
    assert all(len(title) <= 32 for title in titles)
    assert all(len(hint) <= 128 for hint in hints)


def test_the_package_asks_for_nothing_but_a_personal_chat(manifest):
    assert manifest["bots"] == [
        {
            "botId": ANSWERS.app_id,
            "scopes": ["personal"],
            "supportsFiles": False,
            "isNotificationOnly": False,
            "commandLists": [
                {"scopes": ["personal"], "commands": manifest["bots"][0]["commandLists"][0]["commands"]}
            ],
        }
    ]
    assert manifest["validDomains"] == ["bot.example.bg"]
    assert not {"authorization", "permissions", "devicePermissions", "webApplicationInfo"} & set(manifest)


def test_the_writer_is_the_only_one_that_may_install_the_app():
    writer = "99999999-1111-2222-3333-444444444444"
    built = package_files(replace(ANSWERS, writer_app_id=writer), CATALOG)
    named = json.loads(built["manifest.json"])["webApplicationInfo"]
    assert named == {"id": writer, "resource": f"api://bot.example.bg/{writer}"}
    assert not faults(built)


def test_the_answers_are_in_and_no_placeholder_is_left(files, manifest):
    assert manifest["id"] == ANSWERS.app_id
    assert manifest["version"] == "1.2.3"
    assert manifest["manifestVersion"] == SCHEMA
    assert manifest["developer"] == {
        "name": "Примерна дирекция",
        "websiteUrl": "https://example.bg/",
        "privacyUrl": "https://example.bg/privacy",
        "termsOfUseUrl": "https://example.bg/terms",
    }
    assert b"${" not in files["manifest.json"] + files["en.json"]


def test_an_app_that_was_given_an_id_of_its_own_keeps_it():
    other = "99999999-1111-2222-3333-444444444444"
    built = json.loads(package_files(replace(ANSWERS, teams_app_id=other), CATALOG)["manifest.json"])
    assert built["id"] == other
    assert built["bots"][0]["botId"] == ANSWERS.app_id


def test_bulgarian_is_the_language_of_the_package_and_english_is_added(manifest, english):
    assert manifest["localizationInfo"] == {
        "defaultLanguageTag": "bg",
        "additionalLanguages": [{"languageTag": "en", "file": "en.json"}],
    }
    for text in (manifest["name"]["short"], manifest["description"]["full"]):
        assert text[0] in "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЮЯ"
    assert not re.search("[А-Яа-я]", english["description.full"])


def test_the_description_says_of_every_service_for_whom_it_is_and_what_it_does(manifest, english):
    for language, full in (("bg", manifest["description"]["full"]), ("en", english["description.full"])):
        t = CATALOG.speak(language)
        told = described(DIALOGS, t)
        assert "\n".join(told) in full, "all of them have room"
        assert {one.split(" (")[0] for one in told} == {
            t(f"command-{one.name}") for one in DIALOGS if one.place == "menu"
        }
        assert len(full) <= 4_000
    for short in (manifest["description"]["short"], english["description.short"]):
        assert len(short) <= 80
        assert short.count(",") == 3, "four services"


def test_a_description_without_room_for_all_keeps_to_whole_lines(monkeypatch):
    monkeypatch.setattr("manifest.build.LONGEST_FULL", 900)
    full = json.loads(package_files(ANSWERS, CATALOG)["manifest.json"])["description"]["full"]
    told = described(DIALOGS, CATALOG.speak("bg"))

    kept = [line for line in told if line in full]
    assert 0 < len(kept) < len(told)
    assert kept == list(told[: len(kept)])
    assert full.endswith("английски език.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_promised_what_is_for_others(language):
    """Not the director's table to teachers, nor new requests to who only decides; each has one line of a service."""
    t = CATALOG.speak(language)
    told = described(DIALOGS, t)

    rooms, teachers = t("command-class-links"), t("service-for-teacher")
    assert t("service-described", title=rooms, whom=teachers, hint=t("links-hint-own")) in told
    directors = t("service-described", title="", whom=t("service-for-director"), hint="").split(":")[0]
    for line in told:
        assert not ("Excel" in line or t("command-requests-hint") in line) or directors in line
    assert not any(t("command-help") == line.split(" (")[0] for line in told)


def test_the_version_is_that_of_the_project(tmp_path):
    assert main(["--out", str(tmp_path / "app.zip")], {}) == 0
    with zipfile.ZipFile(tmp_path / "app-example.zip") as archive:
        built = json.loads(archive.read("manifest.json"))
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert built["version"] == project["version"]


def test_a_changed_package_of_the_same_version_is_told_to_need_a_higher_one(tmp_path, capsys):
    out = tmp_path / "app.zip"

    def built(*more: str) -> str:
        assert main(["--app-id", ANSWERS.app_id, "--host", "bot.example.bg", "--out", str(out), *more], {}) == 0
        said: str = capsys.readouterr().out
        return said

    first = built("--version", "0.9.9")
    assert f"built {out}, version 0.9.9: " in first
    assert "higher" not in first
    assert "higher" not in built("--version", "0.9.9"), "the same package"
    assert "--version 0.9.10)" in built("--version", "0.9.9", "--developer", "Другата дирекция")
    assert "higher" not in built("--version", "0.10.0"), "ten is more than nine"
    assert "--version 0.10.1)" in built("--version", "0.9.11")
    out.write_bytes(b"PK")
    assert "higher" not in built("--version", "0.9.9")


def test_the_name_is_short_and_borrows_nobodys(manifest, english):
    for name in (*manifest["name"].values(), english["name.short"], english["name.full"]):
        assert not {"teams", "microsoft", "bot"} & set(name.lower().split())
    assert len(manifest["name"]["short"]) <= 30
    assert len(english["name.short"]) <= 30


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("app_id", ""),
        ("app_id", "bot"),
        ("app_id", ANSWERS.app_id + "\n"),
        ("writer_app_id", "writer"),
        ("writer_app_id", ANSWERS.app_id.upper()),
        ("teams_app_id", "app"),
        ("host", "https://bot.example.bg"),
        ("host", "bot.example.bg/path"),
        ("host", "127.0.0.1"),
        ("host", "localhost"),
        ("host", "*.example.bg"),
        ("version", "1.0"),
        ("version", "01.0.0"),
        ("developer", ""),
        ("developer", "я" * 33),
        ("website_url", "http://example.bg/"),
        ("privacy_url", "example.bg/privacy"),
        ("terms_url", ""),
    ],
)
def test_an_answer_teams_would_refuse_is_refused_at_once(answer, value):
    with pytest.raises(PackageError):
        package_files(replace(ANSWERS, **{answer: value}), CATALOG)


def test_what_an_answer_holds_cannot_change_the_shape_of_the_manifest():
    developer = 'А", "x": "${host}'
    built = json.loads(package_files(replace(ANSWERS, developer=developer), CATALOG)["manifest.json"])
    assert built["developer"]["name"] == developer


def test_the_zip_holds_four_files_at_its_top_and_is_the_same_every_time(files):
    first, second = zipped(files), zipped(dict(reversed(files.items())))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert sorted(archive.namelist()) == ["color.png", "en.json", "manifest.json", "outline.png"]
        assert archive.testzip() is None


def test_the_colour_icon_is_192_wide_opaque_and_keeps_to_the_middle(files):
    icon = Image.open(io.BytesIO(files["color.png"]))
    assert icon.size == (192, 192)
    assert icon.mode == "RGB"
    edge = icon.getpixel((0, 0))
    left, top, right, bottom = ImageChops.difference(icon, Image.new("RGB", icon.size, edge)).getbbox() or (0,) * 4
    assert min(left, top) >= 36
    assert max(right, bottom) <= 156
    assert right - left > 100


def test_the_outline_icon_is_32_wide_white_on_transparent(files):
    icon = Image.open(io.BytesIO(files["outline.png"])).convert("RGBA")
    assert icon.size == (32, 32)
    red, green, blue, alpha = icon.split()
    assert [channel.getextrema() for channel in (red, green, blue)] == [(255, 255)] * 3
    assert alpha.getextrema() == (0, 255)


@pytest.mark.parametrize(("name", "draw"), [("color.png", color_icon), ("outline.png", outline_icon)])
def test_the_committed_icons_are_the_drawn_ones(name, draw):
    committed = Image.open(FOLDER / name).convert("RGBA")
    assert ImageChops.difference(committed, draw().convert("RGBA")).getbbox(alpha_only=False) is None


def test_the_command_line_builds_a_package_and_names_the_pages_that_must_exist(tmp_path, capsys):
    out = tmp_path / "new" / "app.zip"
    environment = {"APP_ID": ANSWERS.app_id}
    assert main(["package", "--host", "bot.example.bg", "--out", str(out)], environment) == 0
    with zipfile.ZipFile(out) as archive:
        built = json.loads(archive.read("manifest.json"))
    assert built["id"] == ANSWERS.app_id
    assert "webApplicationInfo" not in built
    said = capsys.readouterr().out
    assert "cannot install itself" in said
    assert "https://bot.example.bg/privacy" in said
    assert ("NOT checked" in said) is not SCHEMAS.exists()


def test_the_command_line_takes_the_writer_from_the_bots_own_settings(tmp_path, capsys):
    out = tmp_path / "app.zip"
    writer = "99999999-1111-2222-3333-444444444444"
    environment = {"APP_ID": ANSWERS.app_id, "APP_HOST": "bot.example.bg", "GRAPH_WRITER_CLIENT_ID": writer}
    for arguments in ([], [f"--writer-app-id={writer}"]):
        assert main([*arguments, "--out", str(out)], environment) == 0
        with zipfile.ZipFile(out) as archive:
            assert json.loads(archive.read("manifest.json"))["webApplicationInfo"]["id"] == writer
        assert "cannot install itself" not in capsys.readouterr().out


def test_without_any_answer_the_command_line_builds_an_example_that_says_so(tmp_path, capsys):
    out = tmp_path / "app.zip"

    assert main(["--out", str(out)], {}) == 0

    assert [path.name for path in tmp_path.iterdir()] == ["app-example.zip"]
    assert "an example only" in capsys.readouterr().out


def test_the_command_line_says_what_is_missing_and_writes_nothing(tmp_path, capsys):
    out = tmp_path / "app.zip"
    assert main(["--host", "bot.example.bg", "--out", str(out)], {}) == 2
    assert "app id" in capsys.readouterr().out
    assert not out.exists()
