"""The checks, in their order, with what each needs of those before it and how long it may take."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.runtime.doctor import (
    check_classes,
    check_identities,
    check_outside,
    check_reset,
    check_roster,
    check_services,
    check_settings,
    check_tenant,
)
from bot.runtime.doctor.examination import Examination, Finding, Known, Phrase, said

Examine = Callable[[Examination], Awaitable[tuple[Finding, ...]]]
Need = Callable[[Known], bool]

_READER: tuple[Need, Phrase] = (lambda known: known.reader is not None, said("skipped-reader"))
_SCHOOLS: tuple[Need, Phrase] = (lambda known: bool(known.schools), said("skipped-school"))
_PEOPLE: tuple[Need, Phrase] = (lambda known: bool(known.people), said("skipped-people"))
_ACCOUNT: tuple[Need, Phrase] = (lambda known: bool(known.account_id), said("skipped-account"))


@dataclass(frozen=True, slots=True)
class Check:
    """`seconds` end it, whatever it waits for. `needs`: what must be known, and the words where it is not."""

    number: int
    name: str
    title: Phrase
    examine: Examine
    seconds: float = 12.0
    needs: tuple[tuple[Need, Phrase], ...] = ()

    def hindrance(self, known: Known) -> Phrase | None:
        """Why it cannot be made, None where it can."""
        return next((why for holds, why in self.needs if not holds(known)), None)


def checks(test_account: str = "") -> tuple[Check, ...]:
    """All of them. `test_account`: whose password the last one sets; empty, it sets none."""

    async def reset(room: Examination) -> tuple[Finding, ...]:
        return await check_reset.reset(room, test_account)

    made: tuple[tuple[str, Phrase, Examine, float, tuple[tuple[Need, Phrase], ...]], ...] = (
        ("settings", said("settings"), check_settings.settings, 12.0, ()),
        ("authority", said("authority"), check_outside.authority, 8.0, ()),
        ("channel", said("channel"), check_outside.channel, 12.0, ()),
        ("bot-token", said("bot-token"), check_outside.bot_token, 12.0, ()),
        ("egress", said("egress"), check_outside.egress, 12.0, ()),
        ("pages", said("pages"), check_outside.pages, 20.0, ()),
        ("reader", said("reader"), check_identities.reader, 12.0, ()),
        ("tenant", said("tenant"), check_tenant.organization, 8.0, (_READER,)),
        ("domain", said("domain"), check_tenant.domain, 8.0, (_READER,)),
        ("school", said("school"), check_tenant.schools, 8.0, (_READER,)),
        ("account", said("account"), check_tenant.account, 8.0, (_READER, _SCHOOLS)),
        ("expand", said("expand"), check_roster.expand, 30.0, (_READER, _SCHOOLS)),
        ("filled", said("filled"), check_roster.filled, 8.0, (_READER, _PEOPLE)),
        ("filter", said("filter"), check_roster.by_identifier, 8.0, (_READER,)),
        ("username", said("username"), check_roster.by_username, 8.0, (_READER, _PEOPLE)),
        ("roles", said("roles"), check_classes.roles, 12.0, (_READER, _PEOPLE)),
        ("classes", said("classes"), check_classes.classes, 20.0, (_READER, _PEOPLE)),
        ("drive", said("drive"), check_services.drive, 20.0, (_READER, _SCHOOLS)),
        ("writer", said("writer"), check_identities.writer, 12.0, ()),
        ("app", said("app"), check_services.app, 8.0, (_ACCOUNT,)),
        ("reset", said("reset"), reset, 12.0, ()),
    )
    return tuple(
        Check(number, name, title, examine, seconds, needs)
        for number, (name, title, examine, seconds, needs) in enumerate(made, start=1)
    )


def settings_to_set(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, str]:
    """The variables that findings say to set."""
    return {name: value for findings in found.values() for one in findings for name, value in one.settings.items()}
