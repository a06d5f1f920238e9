"""What the doctor asks of a tenant: every call reads, none is hurried, and each answer is shown as it came.

What other rooms want from Graph are people and schools; here it is how Graph answers. So nothing is read into the
core's models, and a refusal is an answer like any other.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.graph.batch import Answer
from bot.graph.calls import EDUCATION_USER, SCHOOL, USER
from bot.graph.calls_accounts import AccountCalls
from bot.graph.calls_links import LinkCalls
from bot.graph.calls_school_accounts import DATES, UNIT
from bot.graph.describing import PERSON, Call, entity_id, object_id, reads, warm
from bot.graph.failures import error_code
from bot.graph.identities import is_object_id, is_school_code, is_stored_form, is_username, quoted
from bot.graph.options import GraphOptions, Version
from bot.graph.transport import GraphTransport

LARGE_PAGE = 500
NOBODY = "99999999999999"
"""A stored form of an identifier that nobody has: no ЕГН, ЛНЧ or служебен номер has fourteen digits."""


class InquiryCalls:
    """The calls that no use case needs. Each raises ValueError for an argument outside its grammar."""

    def organization(self) -> Call:
        """The tenant itself."""
        return _plain("GET /organization", "/organization?$select=id,verifiedDomains,onPremisesSyncEnabled")

    def domain(self, domain: str) -> Call:
        """One domain of the tenant."""
        if not is_username(f"x@{domain}"):
            raise ValueError("not a domain")
        select = "$select=id,authenticationType,passwordValidityPeriodInDays"
        return _plain("GET /domains/{id}", f"/domains/{domain}?{select}")

    def schools(self, top: int) -> Call:
        """Some schools."""
        select = ("id", "displayName", "schoolNumber", "address")
        return reads("doctor", "SchoolsBuilder", select=select, top=top, priority="low")

    def school_named(self, code: str) -> Call:
        """The school with this code, written so."""
        if not is_school_code(code):
            raise ValueError("not a school code")
        where = f"schoolNumber eq {quoted(code)}"
        select = ("id", "displayName", "schoolNumber", "address")
        return reads("doctor", "SchoolsBuilder", where=where, select=select, priority="low")

    def schools_by_code(self, code: str) -> Call:
        """A school by its code in two forms, as the product asks."""
        if not is_school_code(code):
            raise ValueError("not a school code")
        bare = code.lstrip("0")
        where = f"schoolNumber eq {quoted(bare)} or schoolNumber eq {quoted(bare.zfill(7))}"
        return reads("doctor", "SchoolsBuilder", where=where, select=("id",), priority="low")

    def school_with_people(self, school_id: str) -> Call:
        """A school with its people in one expansion: how many come of them is the tenant's limit."""
        address = f"/education/schools/{entity_id(school_id, 'school')}"
        return _plain("GET /education/schools/{id}", f"{address}?$select=id&$expand=users")

    def people_of_school(self, school_id: str, expand: Sequence[str], top: int) -> Call:
        """A page of the people of a school."""
        path = (SCHOOL, entity_id(school_id, "school"))
        return reads(
            "doctor", "SchoolUsersBuilder", path, select=PERSON, expand=tuple(expand), top=top, priority="low"
        )

    def person(self, person_id: str, expand: Sequence[str]) -> Call:
        """One person of the roster by id."""
        path, select = (EDUCATION_USER, object_id(person_id)), ("id", "primaryRole")
        return reads("doctor", "EducationUserBuilder", path, select=select, expand=tuple(expand), priority="low")

    def schools_of(self, person_id: str) -> Call:
        """The schools of one person."""
        path = (EDUCATION_USER, object_id(person_id))
        return reads("doctor", "UserSchoolsBuilder", path, select=("id",), priority="low")

    def person_by_username(self, username: str) -> Call:
        """The same by username. For a `$batch` only."""
        path = (EDUCATION_USER, _username(username))
        return reads("doctor", "EducationUserBuilder", path, select=("id",), priority="low")

    def account_by_username(self, username: str, extensions: Sequence[str]) -> Call:
        """An account of the directory with directory extensions. For a `$batch` only."""
        select = ("id", "displayName", "accountEnabled", *extensions)
        return reads("doctor", "UserBuilder", (USER, _username(username)), select=select, priority="low")

    def by_identifier(self, forms: Sequence[str], version: Version) -> Call:
        """The accounts with one of these stored identifiers, as the product asks. For a `$batch` only."""
        if not forms or not all(is_stored_form(form) for form in forms):
            raise ValueError("a stored form of an identifier is 1 to 50 digits")
        where = " or ".join(
            f"{part}/externalId eq {quoted(form)}" for form in forms for part in ("student", "teacher")
        )
        if len(forms) == 1:
            where = where.partition(" or ")[0]  # a single clause: whether the property is filtered by at all
        return reads("doctor", "EducationUsersBuilder", version=version, where=where, select=("id",), priority="low")

    def memberships(self, person_id: str) -> Call:
        """Groups, administrative units and roles of an account."""
        select = ("id", "displayName", "isAssignableToRole")
        return reads("doctor", "MemberOfBuilder", (USER, object_id(person_id)), select=select, top=50, priority="low")

    def scoped_roles(self, person_id: str) -> Call:
        """Roles of an account for an administrative unit."""
        return reads("doctor", "ScopedRolesBuilder", (USER, object_id(person_id)), priority="low")

    def classes_of_school(self, school_id: str, top: int) -> Call:
        """Some classes of a school."""
        path = (SCHOOL, entity_id(school_id, "school"))
        select = ("id", "displayName", "externalId")
        return reads("doctor", "SchoolClassesBuilder", path, select=select, top=top, priority="low")

    def members_of_unit(self, school_id: str, top: int) -> Call:
        """Some members of the administrative unit that has a school's id, with what the board of accounts reads."""
        path = (UNIT, entity_id(school_id, "school"))
        return reads("doctor", "UnitMembersBuilder", path, select=DATES, top=top, priority="low")

    def directory_roles(self, client_id: str) -> Call:
        """The directory roles of an application, for the whole tenant."""
        if not is_object_id(client_id):
            raise ValueError("not an application id")
        return _plain(
            "GET /servicePrincipals(appId='{id}')/memberOf/microsoft.graph.directoryRole",
            f"/servicePrincipals(appId='{client_id}')/memberOf/microsoft.graph.directoryRole"
            "?$select=id,displayName,roleTemplateId",
        )


class WriterInquiryCalls:
    """What is asked with the writer's identity. Each raises ValueError for an argument outside its grammar."""

    def installed_apps(self, person_id: str, manifest_id: str) -> Call:
        """The bot's app, where it is installed for this account: `…SelfForUser.All` admits no other app. What the
        package calls itself is its `externalId` there, the application it names its definition's `azureADAppId`.
        """
        if not is_object_id(manifest_id):
            raise ValueError("not the id of a manifest")
        where = f"$filter=teamsApp/externalId%20eq%20'{manifest_id}'&$expand=teamsApp,teamsAppDefinition"
        return _plain(
            "GET /users/{id}/teamwork/installedApps", f"/users/{object_id(person_id)}/teamwork/installedApps?{where}"
        )


@dataclass(frozen=True, slots=True)
class InquiryAnswer:
    """What came: status, Graph's own code of a refusal, how long it took. `request` is the path without values."""

    request: str
    status: int
    code: str
    milliseconds: int
    body: object = field(default=None, repr=False)

    @property
    def good(self) -> bool:
        """Whether it is an answer and no refusal."""
        return 200 <= self.status < 300

    @property
    def record(self) -> Mapping[str, object]:
        """The object that came, empty for anything else."""
        return self.body if self.good and isinstance(self.body, Mapping) else {}

    @property
    def records(self) -> tuple[Mapping[str, object], ...]:
        """The objects of the list that came."""
        value = self.record.get("value")
        return tuple(one for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()


class GraphInquiries:
    """Asks and tells. `now` is a monotonic clock in seconds. Errors of `ask` and `ask_within`: DirectoryError."""

    def __init__(
        self, transport: GraphTransport, options: GraphOptions, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = transport
        self._now = now
        self.calls = InquiryCalls()
        self.of_writer = WriterInquiryCalls()
        self.links = LinkCalls(options, "low")
        self.accounts = AccountCalls(options)

    async def ask(self, describe: Callable[[], Call]) -> InquiryAnswer:
        """One call: `describe` makes it, once what describes calls is loaded."""
        await warm()
        call, begun = describe(), self._now()
        return self._heard(call, await self._transport.send(call), begun)

    async def ask_within(self, describe: Callable[[], Sequence[Call]]) -> tuple[InquiryAnswer, ...]:
        """Several calls in one `$batch`."""
        await warm()
        calls, begun = list(describe()), self._now()
        answers = await self._transport.batch(calls)
        return tuple(self._heard(call, answer, begun) for call, answer in zip(calls, answers, strict=True))

    def _heard(self, call: Call, answer: Answer, begun: float) -> InquiryAnswer:
        took = round((self._now() - begun) * 1000)
        path = call.template.partition(" ")[2]
        return InquiryAnswer(f"/{call.version}{path}", answer.status, error_code(answer.body), took, answer.body)


def _plain(template: str, url: str) -> Call:
    """A call whose builder would load a whole family of the SDK for one question."""
    return Call(intent="doctor", method="GET", template=template, url=url, priority="low")


def _username(value: str) -> str:
    if not is_username(value):
        raise ValueError("not a user principal name")
    return value
