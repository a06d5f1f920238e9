"""`python -m deploy.provision --tenant … --host …` looks and says what it would make; with `--apply` it makes it.

Whatever stands is left as it is, so it may be run again at any time: after an interruption it goes on.
"""

import argparse
import os
import ssl
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from deploy.provision.certificates import CertificateError
from deploy.provision.checklist import LANGUAGES, checklist
from deploy.provision.record import Record, RecordError
from deploy.provision.service import Refused, Service
from deploy.provision.signing_in import (
    AZURE_CLIENT,
    AZURE_SCOPES,
    GRAPH_CLIENT,
    GRAPH_SCOPES,
    MICROSOFT,
    ROLE_SCOPE,
    SITES_SCOPE,
    NotSignedIn,
    signed_in,
)
from deploy.provision.step import NotOurs, Outcome, State, run
from deploy.provision.steps import Work, steps
from deploy.provision.wanted import DEPLOY, IDENTITIES, Wanted

_EXPECTED = (Refused, NotOurs, CertificateError, NotSignedIn, OSError)


def main(
    arguments: list[str],
    environment: Mapping[str, str],
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 -- the clock itself
) -> int:
    """Exit code: 0 everything stands or would be made, 1 a step failed, 2 wrong arguments or no sign-in."""
    asked = _parser().parse_args(arguments)
    wanted = _wanted(asked)
    if faults := list(wanted.faults()):
        _say("Not begun:", *(f"- {fault}" for fault in faults))
        return 2
    try:
        record = Record.read(asked.record, wanted.tenant)
        work = _work(asked, wanted, record, environment, sleep=sleep, now=now)
    except (RecordError, NotSignedIn, OSError, ValueError) as error:
        _say(f"Not begun: {error}")
        return 2
    _say("" if asked.apply else "Only looking: nothing is changed without --apply.")
    outcomes = run(
        steps(work),
        apply=asked.apply,
        expected=_EXPECTED,
        made=lambda step: record.note(step, now().isoformat(timespec="seconds")),
        tell=lambda outcome: _say(_line(outcome)),
    )
    return _end(asked, wanted, record, work, outcomes)


def _end(asked: argparse.Namespace, wanted: Wanted, record: Record, work: Work, outcomes: list[Outcome]) -> int:
    counted = {state: sum(one.state is state for one in outcomes) for state in State}
    _say("", "; ".join(f"{state.value}: {number}" for state, number in counted.items() if number))
    if record.made:
        _say(f"What was made is noted in {record.path} (ids and moments, no secret).")
    if work.more:
        _say("", "Beyond what is wanted, and left as it is:", *(f"- {one}" for one in work.more))
    if counted[State.FAILED]:
        _say(
            "", "What stands, stays. Mend what each line with FAILED says and run this again: it goes on from there."
        )
        return 1
    whole = not counted[State.WOULD]
    for language in LANGUAGES if asked.language == "both" else (asked.language,):
        made = [one["step"] for one in record.made]
        _say("", checklist(language, wanted, work.found, whole=whole, made=made).rstrip())
    return 0


def _work(
    asked: argparse.Namespace,
    wanted: Wanted,
    record: Record,
    environment: Mapping[str, str],
    *,
    sleep: Callable[[float], None],
    now: Callable[[], datetime],
) -> Work:
    trust = ssl.create_default_context(cafile=asked.ca_file)
    session = requests.Session()
    if asked.ca_file:
        session.verify, session.trust_env = asked.ca_file, False  # else REQUESTS_CA_BUNDLE comes before it
    scopes = (*GRAPH_SCOPES, *((ROLE_SCOPE,) if wanted.everywhere or wanted.units else ()))
    scopes += (SITES_SCOPE,) if wanted.schools else ()
    shared: dict[str, Any] = {"tenant": wanted.tenant, "authority": asked.authority, "say": _say, "http": session}
    graph = signed_in(environment, "PROVISION_GRAPH_TOKEN", client=GRAPH_CLIENT, scopes=scopes, **shared)
    azure: Service | None = None
    if wanted.subscription:
        token = signed_in(environment, "PROVISION_AZURE_TOKEN", client=AZURE_CLIENT, scopes=AZURE_SCOPES, **shared)
        azure = Service(asked.azure_url.rstrip("/"), token, sleep, trust)
    return Work(wanted, Service(f"{asked.graph_url.rstrip('/')}/v1.0", graph, sleep, trust), azure, record.found, now)


def _wanted(asked: argparse.Namespace) -> Wanted:
    return Wanted(
        tenant=asked.tenant.lower(),
        host=asked.host.lower(),
        folder=asked.folder,
        domain=asked.domain.lower(),
        everywhere=asked.password_role,
        units=tuple(unit.lower() for unit in asked.password_role_unit),
        subscription=asked.subscription.lower(),
        group=asked.resource_group,
        location=asked.location,
        bot_name=asked.bot_name,
        schools=tuple(dict.fromkeys(asked.school)),
        sites_host=asked.sites_host.lower(),
        adopted={one.key: getattr(asked, f"{one.key}_app_id").lower() for one in IDENTITIES},
    )


def _line(outcome: Outcome) -> str:
    return f"{outcome.state.value:>13}  {outcome.step}" + (f"\n{'':>15}{outcome.why}" if outcome.why else "")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.provision", description=(__doc__ or "").partition("\n")[0]
    )
    add = parser.add_argument
    add("--apply", action="store_true", help="make what does not stand; without it nothing is changed")
    add("--tenant", default="", help="id of the Entra tenant (a GUID)")
    add("--host", default="", help="public host name of the bot")
    add("--domain", default="edu.mon.bg", help="domain of the usernames")
    for one in IDENTITIES:
        add(one.option, default="", metavar="ID", help=f"take over this app, registered by hand, as “{one.display}”")
    add("--folder", type=Path, default=DEPLOY, help="where files/ and worker-files/ with the keys are")
    add("--record", type=Path, default=Path("var/provision.json"), help="where it is noted what was made")
    add("--password-role", action="store_true", help="give the writer Password Administrator in the whole tenant")
    add("--password-role-unit", action="append", default=[], metavar="ID", help="… in an administrative unit")
    add("--subscription", default="", help="Azure subscription of the bot's registration; without it: by hand")
    add("--resource-group", default="", help="its resource group, made where it is missing")
    add("--location", default="westeurope", help="of the resource group")
    add("--bot-name", default="edu-accounts-bot", help="name of the Azure bot, unique in all of Azure")
    add(
        "--school", action="append", default=[], metavar="CODE", help="open this school's OneDrive site to the reader"
    )
    add("--sites-host", default="", help="OneDrive host of the tenant: contoso-my.sharepoint.com")
    add("--language", choices=("both", *LANGUAGES), default="both", help="of the checklist")
    add("--graph-url", default="https://graph.microsoft.com", help="another Graph (a simulator's)")
    add("--azure-url", default="https://management.azure.com", help="another Azure Resource Manager")
    add("--authority", default=MICROSOFT, help="another authority")
    add("--ca-file", default=None, help="certificates to trust instead of the system's")
    return parser


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
