"""The steps of the guide, as somebody does them who has nothing but the guide and this pretend tenant.

What a page of a portal does is done by the API that the product itself brings (`make provision`), by Graph as a signed-in
administrator, or, where there is no API at all, by the pretend tenant's own control or not at all. Each such place is named
in the transcript.
"""

import asyncio
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import xlsxwriter

from simulator.days import day_in_bulgaria
from tests.connector import FakeTeams
from tests.guide.administrator import COMPOSE, DOCTOR, ENGLISH, NOTHING_TO_MEND, PILOT, Administrator, Astray, finding
from tests.guide.chat import Cast, Chat, pilot
from tests.integration.test_backup import worker_program

HOST = "bot.example.bg"
AZURE = "--subscription 7d1a3c1e-0000-4000-8000-0000000000aa --resource-group edu"
NOBODY = "asen.neznakov@edu.mon.bg"
"""An account of the pretend tenant that is in no school and has no role."""
_OPERATOR = {
    "OPERATOR_NAME": "Примерна дирекция",
    "OPERATOR_ADDRESS": "София 1000, ул. „Примерна“ 1",
    "OPERATOR_EMAIL": "help@example.bg",
    "OPERATOR_PHONE": "02 000 00 00",
    "DATA_PROTECTION_OFFICER": "А. Примерна, dpo@example.bg",
    "SUPPORT_PHONE": "0700 00 000",
    "SUPPORT_EMAIL": "support@example.bg",
    "SUPPORT_PAGE": "https://example.bg/support",
}


async def host(admin: Administrator) -> None:
    """1: the clone, folders, examples. The clone itself is there."""
    with admin.step(1):
        admin.skip("git clone", "The folder is there (see above).")
        admin.skip("make setup", "The same.")
        for beginning in ("mkdir", "cp", "cp", "cp", "chmod"):
            await admin.run(beginning)
        certificate = admin.microsoft.site.issue_cert(HOST)
        certificate.private_key_pem.write_to_path(str(admin.root / "deploy" / "tls" / "key.pem"))
        chain = b"".join(one.bytes() for one in certificate.cert_chain_pems)
        (admin.root / "deploy" / "tls" / "cert.pem").write_bytes(chain)
        admin.transcript.instead("Let's Encrypt", "two files of an authority made for the walk, in `deploy/tls/`.")
        password = await admin.again('python3 -c "import secrets; print(secrets.token_hex(24))"', shown=False)
        places = {"HOST_NAME": HOST, "PROXY_TLS": "/run/tls/cert.pem /run/tls/key.pem"}
        admin.fill(".env", {**places, "POSTGRES_PASSWORD": password.strip()})


async def registrations(admin: Administrator) -> None:
    """2 to 6: registrations, certificates, consent, role, Azure bot: the short way."""
    tenant = admin.microsoft.tenant["tenant"]
    with admin.step(2):
        admin.fill("settings.env", {"TENANT_ID": tenant})
        admin.transcript.instead("signing in with the code", "the pretend tenant takes the code for entered.")
        said = ""
        for ending in ('HOST_NAME"', 'HOST_NAME --apply"'):
            line = f'make provision ARGS="--tenant TENANT_ID --host {ending}'
            said = await admin.run(line, filled=_named(admin, line).replace(HOST, f"{HOST} {AZURE}"))
        admin.ids |= dict(re.findall(r"`(APP_ID|GRAPH_CLIENT_ID|GRAPH_WRITER_CLIENT_ID)=([0-9a-f-]{36})`", said))
        admin.fill("settings.env", {name: admin.ids[name] for name in ("APP_ID", "GRAPH_CLIENT_ID")})
        admin.fill("worker.env", {"GRAPH_WRITER_CLIENT_ID": admin.ids["GRAPH_WRITER_CLIENT_ID"]})
        if len({tenant, *admin.ids.values()}) != 4:
            raise Astray("four ids, all different")
    with admin.step(3):
        admin.skip("openssl", "The short way made the files; this way is walked in step 18.")
        admin.skip("cat ", "The same.")
        await admin.run("chown")
        await admin.run("chmod")
    with admin.step(4):
        admin.transcript.told("Done by the short way.")
    with admin.step(5):
        admin.transcript.told("Not yet: step 9 tries without a role first.")
    with admin.step(6):
        admin.transcript.told("Done by the short way, in a pretend Azure.")


def _named(admin: Administrator, line: str) -> str:
    return line.replace("TENANT_ID", admin.microsoft.tenant["tenant"]).replace("HOST_NAME", HOST)


async def files(admin: Administrator) -> None:
    """7: key, pages, school days, schools, experts."""
    with admin.step(7):
        for beginning in ("python3 -c", "chmod", "cp"):
            await admin.run(beginning)
        admin.fill("settings.env", _OPERATOR)
        days = admin.root / "deploy" / "files" / "school-days.json"
        text = days.read_text(encoding="utf-8")
        days.write_text(text.replace('"confirmed": false', '"confirmed": true'), encoding="utf-8")
        admin.transcript.told(f"`deploy/files/school-days.json`: `{admin.said_here('confirmed')}` is `true` now.")
        _of_this_year(admin, days)
        _register(admin)
        await admin.again(admin.said_here(".venv/bin/python app.py schools REGISTER.xlsx deploy/files/schools.csv"))
        admin.fill("settings.env", {"SCHOOLS_FILE": "/run/files/schools.csv"})
        admin.transcript.instead("*App roles*", "the pretend tenant has such a role, and two experts with it.")
        described = admin.microsoft.tenant
        experts = {
            "GRAPH_APP_ROLES": json.dumps(described["app_roles"]),
            "GRAPH_APP_ROLES_RESOURCE": described["app_roles_resource"],
            "REGIONAL_OFFICES": '{"ruo-plovdiv@edu.mon.bg": "Пловдив"}',
        }
        admin.fill("settings.env", experts)


def _of_this_year(admin: Administrator, file: Path) -> None:
    """The guide names the file of one school year, and is walked in every other too: whose file has no day of the
    present one is told so by the doctor.
    """
    days = json.loads(file.read_text(encoding="utf-8"))
    today = day_in_bulgaria()
    year = today.year - (today.month < 9)
    if any(date(year, 9, 1) <= date.fromisoformat(one["from"]) < date(year + 1, 9, 1) for one in days["off"]):
        return
    days["off"].append({"from": f"{year}-12-24", "name": "Коледна ваканция"})
    file.write_text(json.dumps(days, ensure_ascii=False, indent=1), encoding="utf-8")
    admin.transcript.told(
        f"It has no day of the school year {year}/{year + 1}, in which the guide was walked: {year}-12-24 was added."
    )


def _register(admin: Administrator) -> None:
    """An export of the public register, with the pretend tenant's schools."""
    rows = Path(admin.microsoft.tenant["schools_file"]).read_text(encoding="utf-8").splitlines()[1:]
    with xlsxwriter.Workbook(admin.root / "REGISTER.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Регистър на институциите в системата"])
        sheet.write_row(2, 0, ["№", "Код по НЕИСПУО", "Наименование", "Област", "Община", "Населено място"])
        for number, row in enumerate(rows, 1):
            code, _, town, region = row.split(";")
            sheet.write_row(2 + number, 0, [number, code, f"Училище {number}", region, town, f"гр. {town}"])
    admin.transcript.instead("the export of the register", "`REGISTER.xlsx` with the pretend tenant's schools.")


async def start(admin: Administrator) -> None:
    """8: up, ps, health."""
    with admin.step(8):
        await admin.run(f"{COMPOSE} up --build")
        listed = await admin.run(f"{COMPOSE} ps")
        health = await admin.run("curl")
        healthy = [name for name in ("web", "worker") if re.search(rf"^{name} +Up \(healthy\)", listed, re.MULTILINE)]
        if len(healthy) < 2 or '"state": "running"' not in health:
            raise Astray(await admin.again(admin.said_here(f"{COMPOSE} logs web worker"), shown=False))


async def examined(admin: Administrator) -> None:
    """9: the doctor until nothing is to mend, then the one write, with the role if it is refused (5)."""
    with admin.step(9):
        admin.said_here("--language en")
        admin.said_here("--school CODE")
        await admin.examine(await admin.run(DOCTOR, filled=ENGLISH, code=None))
        admin.transcript.instead("*New user*", f"`{NOBODY}`, an account of the pretend tenant in no school.")
        line = f"{DOCTOR} --reset-test-account USERNAME"
        trial = line.replace("USERNAME", NOBODY) + " --language en"
        said = await admin.run(line, filled=trial, typed=f"{NOBODY}\n", code=None)
        if NOTHING_TO_MEND not in said:
            if "Password Administrator" not in finding(said, 21):
                raise Astray(finding(said, 21))
            admin.transcript.told("Refused, so back to step 5.")
            with_role = _named(admin, admin.guide[2].commands[1]).replace(
                " --apply", f" {AZURE} --password-role --apply"
            )
            if not admin.guide[5].speaks_of("--password-role"):
                raise Astray("step 5 does not say how the role is given")
            await admin.again(with_role)
            said = await admin.again(trial, typed=f"{NOBODY}\n")
        if "✓" not in finding(said, 21):
            raise Astray(finding(said, 21))
        (written,) = (await admin.microsoft.admin("passwords"))["passwords"]
        if written["username"] != NOBODY:
            raise Astray(f"a password of {written['username']}")


async def package(admin: Administrator) -> None:
    """10: the package into the catalog, its id there, the doctor."""
    with admin.step(10):
        line = admin.guide[10].commands[0]
        filled = line.replace(
            "GRAPH_WRITER_CLIENT_ID=…", f"GRAPH_WRITER_CLIENT_ID={admin.ids['GRAPH_WRITER_CLIENT_ID']}"
        )
        filled = filled.replace("APP_ID=…", f"APP_ID={admin.ids['APP_ID']}").replace("APP_HOST=…", f"APP_HOST={HOST}")
        await admin.run(line, filled=filled)
        with zipfile.ZipFile(io.BytesIO((admin.root / "build" / "edu-accounts.zip").read_bytes())) as held:
            await admin.microsoft.admin("settings", {"package": json.loads(held.read("manifest.json"))})
        admin.transcript.instead("*Upload new app*", "the pretend catalog was given the manifest of the package.")
        asked = admin.take("GET ").replace("'APP_ID'", f"'{admin.ids['APP_ID']}'")
        found = await admin.microsoft.as_administrator("GET", asked.removeprefix("GET "))
        admin.transcript.ran(asked, json.dumps(found["value"]))
        (app,) = found["value"]
        admin.fill("settings.env", {"TEAMS_APP_CATALOG_ID": app["id"]})
        await admin.run(f"{COMPOSE} up")
        said = await admin.examine(await admin.run(DOCTOR, filled=ENGLISH, code=None))
        if "shows no app of the bot" not in finding(said, 20):
            raise Astray(finding(said, 20))


async def offered(admin: Administrator, teams: FakeTeams, cast: Cast) -> None:
    """11 to 13: who sees the app, who gets it, how often they sign in."""
    with admin.step(11):
        admin.transcript.instead(
            "*Edit availability*", "nothing; the pretend Teams knows the people of step 14 only."
        )
    with admin.step(12):
        admin.skip(
            "Grant-CsTeamsAppSetupPolicy", "Teams tells the bot that the app was installed for them, as it does then."
        )
        for who in (cast.director, cast.teacher):
            await admin.microsoft.admin(f"users/{who.object_id}", {"appInstalled": True})
            answers = [one.status for one in await teams.install(who)]
            admin.transcript.told(f"- `installationUpdate`, `conversationUpdate`: {answers}")
            if set(answers) != {200}:
                raise Astray(f"installing: {answers}")
    with admin.step(13):
        admin.transcript.instead("*Conditional Access*", "nothing; the pretend tenant has no page to sign in at.")


async def tried(admin: Administrator, chat: Chat, cast: Cast) -> None:
    """14: the pilot's people, and the doctor again."""
    with admin.step(14):
        for word in ("помощ", "справка", "парола", "класни стаи"):
            admin.said_here(word)
        await pilot(chat, cast, admin.microsoft.admin)
        said = await admin.examine(await admin.again(ENGLISH, code=None))
        if "may install" not in finding(said, 20):
            raise Astray(finding(said, 20))


async def watched(admin: Administrator, cast: Cast) -> None:
    """15: a morning's look finds none of the lines that mean something, who looked for the student of step 14 is told,
    and stopping stops.
    """
    with admin.step(15):
        health = await admin.again(admin.said_here("curl http://127.0.0.1:3978/health"))
        asked = f"{COMPOSE} exec worker python -c"
        inside = next(one for one in re.findall(r"`([^`]+)`", admin.at.text) if one.startswith(asked))
        workers = await admin.again(inside)
        if not re.search('"installs": "(?:unknown|allowed)"', workers) or "installs" in health:
            raise Astray(workers)
        logs = await admin.again(admin.said_here(f"{COMPOSE} logs --since 24h web worker"))
        table = re.findall(r"^\| (.*`.*) \| .* \| .* \|$", admin.at.text, re.MULTILINE)
        alarms = [span for row in table for span in re.findall(r"`([^`]+)`", row)]
        if not alarms or (heard := [one for one in alarms if one in logs + health + workers]):
            raise Astray(f"alarming: {heard}")
        line = admin.said_here(f"{COMPOSE} run --rm worker audit --since 2026-09-15 --subject -")
        told = await admin.again(line, typed=f"{cast.student['username']}\n")
        if f"{cast.director.object_id}  username.lookup" not in told:
            raise Astray(told)
        await admin.run(f"{COMPOSE} stop worker")
        await admin.run(f"{COMPOSE} stop")
        await admin.again(admin.said_here(f"{COMPOSE} up --detach"))


async def restored(admin: Administrator) -> None:
    """16: a copy, back again, and the audit log verified by the last anchor of the log."""
    with admin.step(16):
        anchor = await _anchor(admin)
        said = await admin.run("sh deploy/backup.sh")
        copy = f"deploy/backups/{Path(said.rpartition('written: ')[2].strip()).name}"
        worker_program(Path(admin.environment["WORKER"]), admin.compose.once("worker"))
        await admin.run("sh deploy/restore.sh --practice", filled=f"sh deploy/restore.sh --practice {copy}")
        admin.transcript.told("*Not by the script:* `web` and `worker` were stopped before, as it does.")
        await admin.again(f"{COMPOSE} stop web worker", shown=False)
        await admin.run("sh deploy/restore.sh deploy", filled=f"sh deploy/restore.sh {copy}")
        line = f"{COMPOSE} run --rm worker audit ANCHOR"
        await admin.run(line, filled=line.replace("ANCHOR", anchor))
        await admin.again(admin.said_here(f"{COMPOSE} up --detach web proxy"))
        admin.transcript.told(
            "The worker is started in the next step, not two hours later: nothing waited in this copy."
        )


async def _anchor(admin: Administrator) -> str:
    """The last of the log, once it is one of a chain that has entries. It is written after each start."""
    for _ in range(300):
        logs = await admin.again(f"{COMPOSE} logs worker", shown=False)
        anchors = re.findall(r"audit anchor (\d+)-([\w-]+)", logs)
        if anchors and int(anchors[-1][0]):
            return "-".join(anchors[-1])
        await asyncio.sleep(0.1)
    raise Astray("no anchor in the log")


async def lists(admin: Administrator) -> None:
    """17: the folders of school accounts."""
    with admin.step(17):
        described = admin.microsoft.tenant
        places = {"EXPECTED_LISTS_FOLDER": described["lists_folder"], "ONEDRIVE_HOST": described["sites_host"]}
        admin.fill("settings.env", places)
        alone = described["clients"]["administrator"]
        admin.transcript.instead("a registration for this alone", "the administrator's own of the pretend tenant.")
        admin.transcript.hidden[alone["secret"]] = "•••"
        admin.skip("read -rs", "The secret stands in the next line.")
        line = admin.guide[17].commands[1]
        filled = _named(admin, line).replace("TENANT-my.sharepoint.com", described["sites_host"])
        filled = filled.replace('"$PROVISION_CLIENT_SECRET"', alone["secret"]).replace("=ID ", f"={alone['id']} ")
        await admin.run(line, filled=filled.replace("CODE", PILOT))
        await admin.again(admin.said_here(f"{COMPOSE} up --detach"))
        said = await admin.examine(await admin.again(ENGLISH, code=None))
        if "of a school can be read" not in finding(said, 18):
            raise Astray(finding(said, 18))


async def every_year(admin: Administrator) -> None:
    """18: a new certificate, made by hand, is in use after the old one is gone."""
    with admin.step(18):
        certificates = admin.guide[3].commands
        await admin.again("mv deploy/files/bot.pem bot-of-before.pem")
        for line in certificates[:2]:
            await admin.again(line)
        await admin.again(_named(admin, admin.guide[2].commands[1]))
        for line in certificates[2:]:
            await admin.again(line)
        await admin.run(f"{COMPOSE} restart web worker")
        named = (
            "https://graph.microsoft.com/v1.0/applications(uniqueName='edu-accounts-bot')?$select=id,keyCredentials"
        )
        application = await admin.microsoft.as_administrator("GET", named)
        old, new = application["keyCredentials"]
        gone = f"https://graph.microsoft.com/v1.0/applications/{application['id']}"
        await admin.microsoft.as_administrator("PATCH", gone, {"keyCredentials": [new]})
        admin.transcript.instead("removing the old one in the portal", "the same by Graph.")
        if old["key"] == new["key"]:
            raise Astray("the new certificate is the old one")
        await admin.examine(await admin.again(ENGLISH, code=None))
