"""The files of Microsoft 365 Agents Toolkit: whole, without secrets, and of one mind with the rest."""

import json
import re
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # no stubs are installed

from bot.runtime.settings import Settings
from deploy.provision import azure
from deploy.provision.step import Step
from deploy.provision.wanted import BOT, Wanted
from tests.architecture.tree import ROOT
from tools import toolkit

ENVIRONMENTS = {
    "m365agents.yml": "dev",
    "m365agents.local.yml": "local",
    "m365agents.playground.yml": "playground",
}
PLACEHOLDER = re.compile(r"\$\{\{(\w+)\}\}")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def environment(name: str) -> dict[str, str]:
    return dict(re.findall(r"^(\w+)=(.*)$", read(f"env/.env.{name}"), re.MULTILINE))


def actions(file: str) -> list[dict[str, Any]]:
    project = yaml.safe_load(read(file))
    return [action for cycle in ("provision", "deploy", "publish") for action in project.get(cycle, [])]


def test_the_project_files_are_those_that_are_checked() -> None:
    assert set(ENVIRONMENTS) == set(toolkit.PROJECT_FILES)
    assert all((ROOT / name).exists() for name in ENVIRONMENTS)


@pytest.mark.parametrize(("file", "name"), ENVIRONMENTS.items())
def test_every_value_comes_from_the_environments_file_or_is_a_secret(file: str, name: str) -> None:
    given = environment(name)
    named = set(PLACEHOLDER.findall(read(file)))
    if "arm/deploy" in read(file):
        named |= set(PLACEHOLDER.findall(read("deploy/azure-bot.parameters.json")))
    written = {variable for action in actions(file) for variable in action.get("writeToEnvironmentFile", {}).values()}

    assert given["TEAMSFX_ENV"] == name
    assert {one for one in named | written if not one.startswith("SECRET_")} - set(given) == set()


@pytest.mark.parametrize("name", ENVIRONMENTS.values())
def test_what_is_in_git_holds_no_secret_and_no_id(name: str) -> None:
    given = environment(name)
    assert not [one for one in given if "SECRET" in one or "PASSWORD" in one]
    assert not [value for value in given.values() if re.search(r"[0-9a-f]{8}-", value)]
    ignored = read(".gitignore").split()
    assert {"env/.env.*.user", ".env", "build/", "var/"} <= set(ignored)


def test_every_package_names_the_writer_who_installs_the_app() -> None:
    """With another application in `webApplicationInfo`, or none, Graph refuses every installation."""
    built = {file: re.findall(r"make package ARGS=\"(.*)\"", read(file)) for file in ENVIRONMENTS}

    assert sum(map(len, built.values())) == 3
    assert [
        one for every in built.values() for one in every if "--writer-app-id ${{GRAPH_WRITER_CLIENT_ID}}" not in one
    ] == []


@pytest.mark.parametrize("file", ENVIRONMENTS)
def test_every_file_an_action_names_exists_or_is_made_before(file: str) -> None:
    made = {word for action in actions(file) if action["uses"] == "script" for word in action["with"]["run"].split()}
    for action in actions(file):
        for template in action["with"].get("templates", []):
            assert (ROOT / template["path"]).exists()
            assert (ROOT / template["parameters"]).exists()
        if package := action["with"].get("appPackagePath"):
            assert f'{package.removeprefix("./")}"' in made
    targets = re.findall(r"^(\w+):", read("Makefile"), re.MULTILINE)
    for target in re.findall(r"run: make (\w+)", read(file)):
        assert target in targets


def test_what_f5_writes_down_are_settings_to_start_with(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var" / "keys").mkdir(parents=True)
    (tmp_path / "var" / "keys" / "local.key").write_text("ab" * 32, encoding="utf-8")
    (written,) = (
        one for one in actions("m365agents.local.yml") if one["uses"] == "file/createOrUpdateEnvironmentFile"
    )
    values = {"BOT_ENDPOINT": "https://x-3978.euw.devtunnels.ms", "ACCOUNT_DOMAIN": "example.onmicrosoft.com"}
    filled = {
        name: PLACEHOLDER.sub(
            lambda found: values.get(found[1], f"7d1a3c1e-0000-4000-8000-{len(found[1]):012}"), str(value)
        )
        for name, value in written["with"]["envs"].items()
    }

    settings = Settings.read(filled)

    assert settings.real_tenant
    assert (settings.bot_host, settings.bot_port) == ("127.0.0.1", 3978)


def test_launching_refers_to_tasks_and_configurations_that_are_there() -> None:
    launch, tasks = json.loads(read(".vscode/launch.json")), json.loads(read(".vscode/tasks.json"))
    labels = {task["label"] for task in tasks["tasks"]}
    configurations = {one["name"] for one in launch["configurations"]}
    for one in (*launch["configurations"], *launch["compounds"]):
        assert one.get("preLaunchTask", next(iter(labels))) in labels
        assert set(one.get("configurations", ())) <= configurations
        if program := one.get("program"):
            assert (ROOT / program.removeprefix("${workspaceFolder}/")).exists()
        if module := one.get("module"):
            assert (ROOT / module / "__main__.py").exists()
    for task in tasks["tasks"]:
        assert set(task.get("dependsOn", ())) <= labels
        if task.get("command") in {"provision", "deploy"}:
            name = task["args"]["env"]
            (file,) = (file for file, of in ENVIRONMENTS.items() if of == name)
            assert yaml.safe_load(read(file)).get(task["command"]), f"{file} has no {task['command']}"
    named = re.findall(r"\$\{\{(\w+):(\w+)\}\}", read(".vscode/launch.json"))
    assert named
    assert all(variable in environment(name) for name, variable in named)


def test_the_template_registers_the_same_bot_as_provisioning() -> None:
    """By what both would send to Azure."""
    sent: list[dict[str, Any]] = []

    class Azure:
        def get(self, _: str) -> None:
            return None

        def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
            if method == "PUT" and "botServices" in path:
                sent.append({"apiVersion": path.partition("api-version=")[2], **(body or {})})
            return {}

    wanted = Wanted("tenant", "bot.example.bg", ROOT, subscription="s", group="g")
    steps: list[Step] = list(azure.azure_steps(wanted, Azure(), lambda: "app"))  # type: ignore[arg-type]  # sends nothing
    for step in steps[1:]:
        step.make()
    values = {"displayName": BOT.display, "appId": "app", "tenantId": "tenant", "host": "bot.example.bg"}
    text = read("deploy/azure-bot.json").replace(
        "[concat('https://', parameters('host'), '/api/messages')]", "ENDPOINT"
    )
    text = re.sub(r"\[parameters\('(\w+)'\)\]", lambda found: values.get(found[1], found[1]), text)
    text = text.replace("ENDPOINT", "https://bot.example.bg/api/messages")
    template = json.loads(text)["resources"]
    for resource in template:
        for name in ("type", "name", "dependsOn"):
            resource.pop(name, None)

    assert len(sent) == 2
    assert sent == template


@pytest.mark.skipif(not toolkit.FOLDER.exists(), reason="the toolkit was not fetched (make check)")
class TestWithTheToolkit:
    def test_its_schemas_accept_the_project_files(self) -> None:
        assert list(toolkit.project_objections()) == []

    def test_it_accepts_the_package_and_notices_a_wrong_one(self, tmp_path) -> None:
        assert list(toolkit.package_objections()) == []
        (tmp_path / "manifest.json").write_text('{"manifestVersion": "1.22"}', encoding="utf-8")
        said, passed = toolkit.validate(tmp_path / "manifest.json")
        assert not passed
        assert said


def test_a_toolkit_that_cannot_be_fetched_is_said_to_be_missing(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(toolkit, "npm_command", lambda: ("false",))
    with pytest.raises(toolkit.ToolkitMissing, match="could not fetch"):
        toolkit.fetch(tmp_path / "toolkit")
    assert list(tmp_path.iterdir()) == []
