"""The calls about an account itself: what decides whether its password may be set, and the setting of it."""

from bot.core.passwords.secret import Secret
from bot.graph.calls import USER
from bot.graph.describing import Call, Priority, object_id, reads, writes
from bot.graph.options import GraphOptions

_LONGEST_PASSWORD = 256
"""Of Entra (learn.microsoft.com/entra, "Password policies and restrictions")."""


class AccountCalls:
    """Read by the reader identity. Each raises ValueError for an argument outside its grammar."""

    def __init__(self, options: GraphOptions) -> None:
        self._options = options
        self._extension = tuple(filter(None, (options.role_extension,)))

    def account(self, person_id: str) -> Call:
        """The account as the directory keeps it."""
        select = (
            "id",
            "displayName",
            "userPrincipalName",
            "accountEnabled",
            "userType",
            "onPremisesSyncEnabled",
            "createdDateTime",
            "lastPasswordChangeDateTime",
        )
        return reads("account-facts", "UserBuilder", (USER, object_id(person_id)), select=(*select, *self._extension))

    def memberships(self, person_id: str) -> Call:
        """Groups, administrative units and directory roles (tenant-wide) of the account; paged.

        The names `displayName` and `isAssignableToRole` are those of the derived types: where the bot may not read a
        group, Graph answers null for its name.
        """
        return reads(
            "account-facts",
            "MemberOfBuilder",
            (USER, object_id(person_id)),
            select=("id", "displayName", "isAssignableToRole"),
            top=self._options.page_size,
        )

    def scoped_roles(self, person_id: str) -> Call:
        """The directory roles of the account for an administrative unit."""
        return reads("account-facts", "ScopedRolesBuilder", (USER, object_id(person_id)))

    def role_assignments(self, principal_id: str) -> Call:
        """The directory roles of an application's service principal, with what they are assigned for; paged."""
        template = "GET /roleManagement/directory/roleAssignments"
        where = f"principalId%20eq%20'{object_id(principal_id)}'"
        # Without a builder: it would load a whole family of the SDK for one question.
        url = f"/roleManagement/directory/roleAssignments?$filter={where}"
        return Call(intent="role-scopes", method="GET", template=template, url=url, priority="low")

    def password_change(self, person_id: str, priority: Priority) -> Call:
        """When the account was made and when its password was last changed: answered only where they are selected
        (learn.microsoft.com/graph/api/resources/user).
        """
        return reads(
            "password-changes",
            "UserBuilder",
            (USER, object_id(person_id)),
            select=("id", "createdDateTime", "lastPasswordChangeDateTime"),
            priority=priority,
        )


class WriteCalls:
    """For the writer identity only. The task engine repeats them, nothing below it does."""

    def set_password(self, person_id: str, password: Secret, priority: Priority) -> Call:
        """A new password that must be changed at the next sign-in. Errors: ValueError, which does not show it."""
        text = password.reveal()
        if not (text and len(text) <= _LONGEST_PASSWORD and text.isascii() and text.isprintable()):
            raise ValueError("not a password")
        return writes(
            "set-password",
            "PATCH",
            "UserBuilder",
            (USER, object_id(person_id)),
            body={"passwordProfile": {"password": text, "forceChangePasswordNextSignIn": True}},
            priority=priority,
        )

    def revoke_sessions(self, person_id: str) -> Call:
        """Every session and refresh token of the account ends."""
        return writes(
            "revoke-sessions", "POST", "RevokeSessionsBuilder", (USER, object_id(person_id)), priority="high"
        )
