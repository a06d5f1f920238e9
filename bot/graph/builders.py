"""The msgraph-sdk request builders in use, each from its own module.

The package's front door imports thousands of modules; these few take 0.2 s and 8 MB. `describing` imports this module
once for each version of the SDK and keeps what the builders say.
"""

from msgraph.generated.directory.administrative_units.item.members.members_request_builder import (
    MembersRequestBuilder as UnitMembersBuilder,
)
from msgraph.generated.education.classes.classes_request_builder import ClassesRequestBuilder as ClassesBuilder
from msgraph.generated.education.classes.item.members.item.ref.ref_request_builder import (
    RefRequestBuilder as ClassMemberRefBuilder,
)
from msgraph.generated.education.classes.item.members.members_request_builder import (
    MembersRequestBuilder as ClassMembersBuilder,
)
from msgraph.generated.education.classes.item.members.ref.ref_request_builder import (
    RefRequestBuilder as ClassMembersRefBuilder,
)
from msgraph.generated.education.classes.item.schools.schools_request_builder import (
    SchoolsRequestBuilder as ClassSchoolsBuilder,
)
from msgraph.generated.education.classes.item.teachers.ref.ref_request_builder import (
    RefRequestBuilder as ClassTeachersRefBuilder,
)
from msgraph.generated.education.classes.item.teachers.teachers_request_builder import (
    TeachersRequestBuilder as ClassTeachersBuilder,
)
from msgraph.generated.education.schools.item.classes.classes_request_builder import (
    ClassesRequestBuilder as SchoolClassesBuilder,
)
from msgraph.generated.education.schools.item.classes.ref.ref_request_builder import (
    RefRequestBuilder as SchoolClassesRefBuilder,
)
from msgraph.generated.education.schools.item.users.item.ref.ref_request_builder import (
    RefRequestBuilder as SchoolUserRefBuilder,
)
from msgraph.generated.education.schools.item.users.ref.ref_request_builder import (
    RefRequestBuilder as SchoolUsersRefBuilder,
)
from msgraph.generated.education.schools.item.users.users_request_builder import (
    UsersRequestBuilder as SchoolUsersBuilder,
)
from msgraph.generated.education.schools.schools_request_builder import SchoolsRequestBuilder as SchoolsBuilder
from msgraph.generated.education.users.item.classes.classes_request_builder import (
    ClassesRequestBuilder as UserClassesBuilder,
)
from msgraph.generated.education.users.item.education_user_item_request_builder import (
    EducationUserItemRequestBuilder as EducationUserBuilder,
)
from msgraph.generated.education.users.item.schools.schools_request_builder import (
    SchoolsRequestBuilder as UserSchoolsBuilder,
)
from msgraph.generated.education.users.item.taught_classes.taught_classes_request_builder import (
    TaughtClassesRequestBuilder as TaughtClassesBuilder,
)
from msgraph.generated.education.users.users_request_builder import UsersRequestBuilder as EducationUsersBuilder
from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder as GroupsBuilder
from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder as GroupMembersBuilder
from msgraph.generated.groups.item.team.team_request_builder import TeamRequestBuilder as GroupTeamBuilder
from msgraph.generated.teams.item.team_item_request_builder import TeamItemRequestBuilder as TeamBuilder
from msgraph.generated.users.item.app_role_assignments.app_role_assignments_request_builder import (
    AppRoleAssignmentsRequestBuilder as AppRolesBuilder,
)
from msgraph.generated.users.item.member_of.member_of_request_builder import MemberOfRequestBuilder as MemberOfBuilder
from msgraph.generated.users.item.revoke_sign_in_sessions.revoke_sign_in_sessions_request_builder import (
    RevokeSignInSessionsRequestBuilder as RevokeSessionsBuilder,
)
from msgraph.generated.users.item.scoped_role_member_of.scoped_role_member_of_request_builder import (
    ScopedRoleMemberOfRequestBuilder as ScopedRolesBuilder,
)
from msgraph.generated.users.item.teamwork.installed_apps.installed_apps_request_builder import (
    InstalledAppsRequestBuilder as InstalledAppsBuilder,
)
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder as UserBuilder

__all__ = [
    "AppRolesBuilder",
    "ClassMemberRefBuilder",
    "ClassMembersBuilder",
    "ClassMembersRefBuilder",
    "ClassSchoolsBuilder",
    "ClassTeachersBuilder",
    "ClassTeachersRefBuilder",
    "ClassesBuilder",
    "EducationUserBuilder",
    "EducationUsersBuilder",
    "GroupMembersBuilder",
    "GroupTeamBuilder",
    "GroupsBuilder",
    "InstalledAppsBuilder",
    "MemberOfBuilder",
    "RevokeSessionsBuilder",
    "SchoolClassesBuilder",
    "SchoolClassesRefBuilder",
    "SchoolUserRefBuilder",
    "SchoolUsersBuilder",
    "SchoolUsersRefBuilder",
    "SchoolsBuilder",
    "ScopedRolesBuilder",
    "TaughtClassesBuilder",
    "TeamBuilder",
    "UnitMembersBuilder",
    "UserBuilder",
    "UserClassesBuilder",
    "UserSchoolsBuilder",
]
