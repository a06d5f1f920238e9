"""The msgraph-sdk request builders in use, each from its own module.

The package's front door imports thousands of modules; these few take 0.3–0.7 s and 32 MB. This module is therefore
imported by `calls.warm`, off the event loop, and by nothing at start-up.
"""

from kiota_abstractions.base_request_builder import BaseRequestBuilder
from kiota_abstractions.base_request_configuration import RequestConfiguration
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
from msgraph.generated.education.users.users_request_builder import UsersRequestBuilder as EducationUsersBuilder
from msgraph.generated.users.item.app_role_assignments.app_role_assignments_request_builder import (
    AppRoleAssignmentsRequestBuilder as AppRolesBuilder,
)
from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder as UserBuilder

__all__ = [
    "AppRolesBuilder",
    "BaseRequestBuilder",
    "EducationUserBuilder",
    "EducationUsersBuilder",
    "RequestConfiguration",
    "SchoolUsersBuilder",
    "SchoolsBuilder",
    "UserBuilder",
    "UserClassesBuilder",
    "UserSchoolsBuilder",
]
