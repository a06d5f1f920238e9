"""One operation of Graph: how it is called and who may call it."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.graph.call import Answer, Call, GraphError
from simulator.graph.world import World

Operation = Callable[[Call, World, Mapping[str, str]], Answer]

READ_ROSTER = frozenset({"EduRoster.Read.All", "EduRoster.ReadWrite.All"})
WRITE_ROSTER = frozenset({"EduRoster.ReadWrite.All"})
READ_GROUPS = frozenset(
    {"Group.Read.All", "Group.ReadWrite.All", "GroupMember.Read.All", "Directory.Read.All", "Directory.ReadWrite.All"}
)
WRITE_GROUPS = frozenset({"Group.ReadWrite.All"})
READ_TEAMS = frozenset(
    {"TeamSettings.Read.All", "TeamSettings.ReadWrite.All", "Group.Read.All", "Group.ReadWrite.All"}
)
READ_FILES = frozenset(
    {
        "Sites.Selected",
        "Files.Read.All",
        "Files.ReadWrite.All",
        "Sites.Read.All",
        "Sites.ReadWrite.All",
        "Sites.FullControl.All",
    }
)
INSTALL_APPS = frozenset(
    {"TeamsAppInstallation.ReadWriteSelfForUser.All", "TeamsAppInstallation.ReadWriteForUser.All"}
)
READ_USERS = frozenset({"User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"})
READ_APP_ROLES = frozenset({"Directory.Read.All", "Directory.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"})
READ_MEMBERSHIPS = frozenset({"Directory.Read.All", "Directory.ReadWrite.All"})
READ_UNITS = READ_MEMBERSHIPS | {"AdministrativeUnit.Read.All", "AdministrativeUnit.ReadWrite.All"}
READ_MEMBERS = READ_MEMBERSHIPS | {"GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All"}
READ_SCOPED_ROLES = READ_MEMBERSHIPS | {"RoleManagement.Read.Directory", "RoleManagement.Read.All"}
CHANGE_ACCOUNTS = frozenset(
    {
        "User-PasswordProfile.ReadWrite.All",
        "User.EnableDisableAccount.All",
        "User.ReadWrite.All",
        "Directory.ReadWrite.All",
    }
)
WRITE_APPLICATIONS = frozenset({"Application.ReadWrite.All"})
READ_APPLICATIONS = WRITE_APPLICATIONS | {"Application.Read.All"}
ASSIGN_APP_ROLES = frozenset({"AppRoleAssignment.ReadWrite.All"})
ASSIGN_DIRECTORY_ROLES = frozenset({"RoleManagement.ReadWrite.Directory"})
CONTROL_SITES = frozenset({"Sites.FullControl.All"})
READ_CATALOG = frozenset({"AppCatalog.Read.All", "AppCatalog.ReadWrite.All"})
REVOKE_SESSIONS = frozenset({"User.RevokeSessions.All", "User.ReadWrite.All", "Directory.ReadWrite.All"})


@dataclass(frozen=True, slots=True)
class Route:
    """`template` like `education/users/{id}` or `applications(uniqueName='{name}')`; `permissions`: any one of these
    lets an application call it.
    """

    method: str
    template: str
    permissions: frozenset[str]
    operation: Operation

    @property
    def name(self) -> str:
        """`GET /education/users/{id}`: what counters are kept under."""
        return f"{self.method} /{self.template}"

    @property
    def writes(self) -> bool:
        """Whether it counts as a change to an identity."""
        return self.method != "GET"

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """The parameters in the path, None if it is another path."""
        parts = self.template.split("/")
        if len(parts) != len(segments):
            return None
        found: dict[str, str] = {}
        for part, segment in zip(parts, segments, strict=True):
            if part.startswith("{"):
                if not segment:
                    return None
                found[part[1:-1]] = segment
            elif "='{" in part:
                before, _, rest = part.partition("{")
                name, _, after = rest.partition("}")
                if not (segment.startswith(before) and segment.endswith(after)):
                    return None
                found[name] = segment[len(before) : len(segment) - len(after)]
            elif part != segment:
                return None
        return found


class Router:
    """Finds the operation of a request."""

    def __init__(self, routes: tuple[Route, ...]) -> None:
        # Fixed words before parameters, so that `users/delta` is not somebody called delta.
        self._routes = sorted(routes, key=lambda route: [part.startswith("{") for part in route.template.split("/")])

    def find(self, method: str, segments: tuple[str, ...]) -> tuple[Route, dict[str, str]]:
        """The route and its parameters. Errors: 405 for another method, 400 for an unknown segment."""
        other = False
        for route in self._routes:
            found = route.match(segments)
            if found is not None and route.method == method:
                return route, found
            other = other or found is not None
        if other:
            raise GraphError(
                405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."
            )
        raise GraphError(400, "BadRequest", f"Resource not found for the segment '{segments[-1]}'.")

    def answer(self, call: Call, world: World) -> Answer:
        """Runs the operation. Errors: GraphError, also 403 without the permission, 429 beyond the limits."""
        route, parameters = self.find(call.method, call.segments)
        if not route.permissions & call.permissions:
            raise GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        if route.writes:
            world.limits.spend(call.client, time.monotonic())
        world.quotas.spend(call, time.monotonic())
        return route.operation(call, world, parameters)

    def name(self, method: str, segments: tuple[str, ...]) -> str:
        """What to count a request under, also one that nobody answers."""
        try:
            return self.find(method, segments)[0].name
        except GraphError:
            return f"{method} (unknown)"
