"""How a tenant behaves where tenants differ, or where Microsoft's texts are silent or contradict each other.

`KIND` gives all that is asked for; `REAL` withholds and delays what the ministry's tenant is known to withhold and
delay. Each part can be had by itself.

Sources: [N] github.com/governmentbg/NEISPUO, the ministry's own synchronisation; [D] learn.microsoft.com/graph.
"""

from collections.abc import Collection, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from typing import Any

KINDEST, REALISTIC = "kind", "real"
PROFILES = (REALISTIC, KINDEST)

SHOWN, REFUSED, EMPTY, MISSING, LIMITED = "shown", "refused", "empty", "missing", "limited"
NO_TERM, DATED, UNDATED, UNENDED = "none", "dated", "undated", "unended"
DOCUMENTED, ANY = "documented", "any"
FORMS = ("spelled", "short", "nested", "detailed", "odata", "v2", "bare", "message", "html", "empty")
"""Forms of an error's body beside the one of the reference; see `error_forms.py`."""
MANY = 999


def _part(
    kind: Any, real: Any, says: str, source: str, *, choices: Collection[str] = (), seconds: bool = False
) -> Any:
    """One part: its value under both profiles; `seconds` are shortened by the pace of the simulator."""
    about = {"real": real, "says": says, "source": source, "choices": tuple(choices), "seconds": seconds}
    return field(default=kind, metadata=about)


@dataclass(frozen=True, slots=True)
class Dialect:
    """Each part is described where `python -m simulator serve --help` reads it."""

    without_grade: bool = _part(
        False, True, "student.grade is null", "[N] student.repository.ts, teacher.repository.ts: `null as grade`"
    )
    without_address: bool = _part(
        False,
        True,
        "a school's address has neither town nor region",
        "[N] institution.repository.ts selects name, abbreviation and id only",
    )
    outside_roster: bool = _part(
        False,
        True,
        "directors, who sign in with the school's account, are users and no educationUsers",
        "[N] account.js: a school's account is a user with role 0; the roster gets teachers and students",
    )
    named_as_schools: bool = _part(
        False,
        True,
        "a school's account is called as the school, not as its director",
        "[N] institution.repository.ts selects ins.name, event-dto.factory.ts sends no principalName",
    )
    class_wait: float = _part(
        0.0,
        30.0,
        "so many seconds a new class is known to nobody but who made it: no read, no filter, no $ref, no team",
        "[D] team-put-teams: a new group may be 404 for up to 15 minutes; how long for other calls is not documented",
        seconds=True,
    )
    team_wait: float = _part(
        0.0,
        60.0,
        "how many seconds old a group must be for a team",
        "[D] team-put-teams: 404 for a group made less than 15 minutes ago",
        seconds=True,
    )
    account_wait: float = _part(
        0.0,
        30.0,
        "so many seconds a new account is read, and is not found by a write",
        "undocumented; microsoftgraph/microsoft-graph-docs#15839, microsoftgraph/msgraph-sdk-java-core#353, "
        "hashicorp/terraform-provider-azuread#656",
        seconds=True,
    )
    one_change_at_once: bool = _part(
        False,
        True,
        "of several changes of one group in one $batch, none after the other, the first is taken",
        "[D] json-batching: items run at once; Directory_ConcurrencyViolation in microsoft Q&A 1379655 and "
        "nais/azurerator#448. That a batch brings it on is supposed",
    )
    page_seconds: float = _part(
        0.0,
        3.0,
        "so long a page of 500 takes, a shorter one its share",
        "undocumented: supposed, to be measured in the tenant",
        seconds=True,
    )
    expansions: int = _part(
        MANY,
        1,
        "relations one $expand may name below /education; 0 refuses the option",
        "[D] query-parameters: for some APIs only one relationship can be expanded in a single request",
    )
    expanded_items: int = _part(
        MANY, 20, "objects an expanded relation shows", "[D] query-parameters: a maximum of 20 items"
    )
    external_id_only_in_beta: bool = _part(
        False,
        False,
        "v1.0 refuses to filter /education/users by externalId",
        "[D] educationuser-list names no such filter; [N] graph-api.service.ts asks /beta",
    )
    or_refused: bool = _part(
        False,
        False,
        "a $filter below /education takes no `or`",
        "undocumented; [N] uses it on /education/users of beta",
    )
    upn_refused: bool = _part(
        False,
        False,
        "/education/users knows ids only, a user principal name is 404",
        "[D] educationuser-get: GET /education/users/{educationUserId}",
    )
    members: str = _part(
        SHOWN,
        REFUSED,
        "what a caller without Member.Read.Hidden gets of a class's members",
        "[D] educationclass-list-members, permissions-reference: classes hide their members",
        choices=(SHOWN, REFUSED, EMPTY),
    )
    units: str = _part(
        SHOWN,
        SHOWN,
        "what is told of a school's administrative unit: its members, 403, 404, as if nobody were in it, or of its "
        "members only their ids, all else null",
        "[D] administrativeunit-list-members (“limited information”); that it has the school's id is supposed, to be "
        "seen in the tenant",
        choices=(SHOWN, REFUSED, MISSING, EMPTY, LIMITED),
    )
    sign_ins_of_users_alone: bool = _part(
        False,
        False,
        "lists of members refuse signInActivity, users and lists of users take it",
        "undocumented for members; asked for in microsoft-graph-docs#7648 and #8707, both closed without it",
    )
    reading_to_enable: bool = _part(
        False,
        True,
        "accountEnabled needs User.Read.All beside User.EnableDisableAccount.All",
        "[D] user-update; changelog of December 2024",
    )
    role_for_passwords: bool = _part(
        False,
        False,
        "an application sets passwords only with a directory role, too",
        "[D] user-update says so, its include on passwordProfile says not; microsoft-graph-docs-contrib#9577",
    )
    role_for_enabling: bool = _part(
        False, False, "an application sets accountEnabled only with a directory role, too", "[D] user-update"
    )
    roles_by_token: bool = _part(
        False,
        False,
        "a directory role for the whole tenant counts from the application's next token on",
        "[D] access-token-claims-reference: `wids` of a token; that a write is judged by it is supposed",
    )
    dated_late: int = _part(
        0,
        0,
        "lastPasswordChangeDateTime of a password that an application sets is so many seconds later than its answer",
        "undocumented: supposed, to be measured in the tenant",
    )
    app_of_caller: bool = _part(
        False,
        True,
        "an application installs by …SelfForUser.All only the app whose webApplicationInfo names it",
        "[D] permissions-reference; MicrosoftDocs/msteams-docs#6820",
    )
    foreign_apps: str = _part(
        SHOWN,
        EMPTY,
        "what an application is told by …SelfForUser.All of an installed app that does not name it",
        "[D] userteamwork-list-installedapps: an empty result; microsoft-graph-docs-contrib#330. 403 is supposed",
        choices=(SHOWN, REFUSED, EMPTY),
    )
    sites_by_grant: bool = _part(
        False,
        True,
        "Sites.Selected opens the sites that were granted, and nothing below /users/{id}/drive",
        "[D] permissions-selected-overview; driveitem-list-children lists no Sites.Selected",
    )
    sites_of_their_owners: bool = _part(
        False,
        True,
        "who has signed in is let into no OneDrive but their own and those they administer, whatever their role",
        "[D] site-post-permissions; microsoft-graph-docs-contrib#9561, pnp/powershell#5193 and #3302",
    )
    terms: str = _part(
        NO_TERM,
        DATED,
        "what the classes of the present school year say of their term: nothing, 15 September to 30 June,"
        " 1900 to 9999, or when it began alone",
        "[N] event-dto.factory.ts, class.repository.ts: inst_basic.CurrentYear.ValidFrom and ValidTo",
        choices=(NO_TERM, DATED, UNDATED, UNENDED),
    )
    former_classes: bool = _part(
        False,
        False,
        "the classes of last school year are there beside this year's: the same titles, other students",
        "[N] a class for each row of a year (CurriculumID); azure-classes.service.ts deletes one when told to",
    )
    page_most: int = _part(
        MANY,
        MANY,
        "objects a page holds at most, whatever $top asks for",
        "[D] paging: the service may return fewer than $top, and a link while there is more",
    )
    error_forms: str = _part(
        DOCUMENTED,
        ANY,
        "the form of an error's body: as in the reference, any by the dice, or always this one",
        "[D] errors; bodies in issues of microsoftgraph/microsoft-graph-docs and OneDrive/onedrive-api-docs",
        choices=(DOCUMENTED, ANY, *FORMS),
    )


PARTS: Mapping[str, Field[Any]] = {part.name: part for part in fields(Dialect)}
KIND = Dialect()
REAL = Dialect(**{name: part.metadata["real"] for name, part in PARTS.items()})


def dialect(
    profile: str = REALISTIC,
    own: Mapping[str, Any] | None = None,
    *,
    as_kind: Collection[str] = (),
    pace: float = 1.0,
) -> Dialect:
    """A profile, with the parts of `as_kind` as the kind one has them and those of `own` as said there.

    `pace` shortens the profile's seconds, and nothing that `own` says. Errors: ValueError.
    """
    if profile not in PROFILES:
        raise ValueError(f"no profile {profile}: there are {', '.join(PROFILES)}")
    base = REAL if profile == REALISTIC else KIND
    paced = {name: getattr(base, name) * pace for name, part in PARTS.items() if part.metadata["seconds"]}
    kinder = {name: getattr(KIND, name) for name in map(known, as_kind)}
    return changed(replace(base, **(paced | kinder)), own or {})


def changed(before: Dialect, own: Mapping[str, Any]) -> Dialect:
    """With these parts. Errors: ValueError for a part or a value there is not."""
    given = {known(name): value for name, value in own.items()}
    for name, value in given.items():
        part, usual = PARTS[name], getattr(KIND, name)
        if isinstance(usual, bool | str) and type(value) is not type(usual):
            raise ValueError(f"{name}: not {value!r}")
        if isinstance(usual, str) and value not in part.metadata["choices"]:
            raise ValueError(f"{name}: one of {', '.join(part.metadata['choices'])}")
        if not isinstance(usual, bool | str) and (isinstance(value, bool | str) or value < 0):
            raise ValueError(f"{name}: a number, not negative")
    return replace(before, **given)


def known(name: str) -> str:
    """The field of a part, however it is spelled: `or-refused` or `or_refused`. Errors: ValueError."""
    found = name.replace("-", "_")
    if found not in PARTS:
        raise ValueError(f"no part {name}: there are {', '.join(PARTS)}")
    return found
