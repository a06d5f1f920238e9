"""The settings as each room wants them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

from bot.core.accounts.model import BoardTiming
from bot.core.intake.model import IntakeLimits
from bot.core.passwords.model import Timing
from bot.core.people.places import Places
from bot.core.transfers.limits import AskLimits
from bot.core.usernames.model import LookupLimits
from bot.graph.options import Certificate, ClientSecret, Credential, GraphOptions, ManagedIdentity, Version
from bot.runtime.parsing import season_of
from bot.runtime.settings import Settings
from bot.teams.options import PUBLIC_CLOUD_HOSTS, TeamsOptions


def limits(settings: Settings) -> LookupLimits:
    """How much a director may look up."""
    return LookupLimits(
        own_per_day=settings.lookups_own_per_day,
        other_per_day=settings.lookups_other_per_day,
        misses=settings.lookups_misses,
        misses_within=settings.lookups_misses_within,
        pause_minutes=settings.lookups_pause_minutes,
    )


def ask_limits(settings: Settings) -> AskLimits:
    """How often other schools may be asked."""
    return AskLimits(
        per_director=settings.transfer_requests_per_director,
        per_school=settings.transfer_requests_per_school,
        per_student=settings.transfer_requests_per_student,
        cooling=timedelta(hours=settings.transfer_cooling_hours),
    )


def intake_limits(settings: Settings) -> IntakeLimits:
    """When and how many students of other schools a school may take in."""
    return IntakeLimits(
        season=season_of(settings.intake_from, settings.intake_to),
        per_school=settings.intake_students_per_school,
        pause_minutes=settings.lookups_pause_minutes,
    )


def teams_options(settings: Settings) -> TeamsOptions:
    """The Teams edge's view of the settings."""
    return TeamsOptions(
        app_id=settings.app_id,
        app_type=settings.app_type,
        tenant_id=settings.tenant_id,
        client_secret=settings.app_password,
        certificate=_text(settings.app_certificate_file),
        development=settings.bot_development,
        service_hosts=settings.bot_service_hosts or PUBLIC_CLOUD_HOSTS,
    )


def graph_options(settings: Settings, places: Places | None = None) -> GraphOptions:
    """The Graph edge's view of the settings. `places`: where schools are, by the operator's file."""
    return GraphOptions(
        tenant_id=settings.tenant_id,
        client_id=settings.graph_client_id,
        credential=_credential(
            settings.graph_client_id,
            settings.graph_client_secret,
            settings.graph_certificate_file,
            managed=settings.graph_managed_identity,
        ),
        base_url=settings.graph_url,
        authority=settings.graph_authority,
        ca_file=settings.graph_ca_file or None,
        users_version=_version(settings.graph_users_version),
        expands={"yes": True, "no": False}.get(settings.graph_expands.lower()),
        birth_dates=settings.graph_birth_date != "no",
        places=places or Places(),
        attempt_timeout=settings.graph_attempt_seconds,
        deadline=settings.graph_deadline_seconds,
        sweep_attempt_timeout=settings.graph_sweep_attempt_seconds,
        sweep_deadline=settings.graph_sweep_seconds,
        page_size=settings.graph_page_size,
        requests_per_second=settings.graph_requests_per_second,
        teams_requests_per_second=settings.graph_teams_requests_per_second,
        role_extension=settings.graph_role_extension,
        identifier_extension=settings.graph_identifier_extension,
        app_roles=settings.graph_app_roles,
        app_roles_resource=settings.graph_app_roles_resource,
    )


def _version(said: str) -> Version | Literal["auto"]:
    return "beta" if said == "beta" else "v1.0" if said == "v1.0" else "auto"


def writer_options(settings: Settings) -> GraphOptions:
    """The Graph edge's view of the settings, for the identity that changes accounts."""
    credential = _credential(
        settings.graph_writer_client_id,
        settings.graph_writer_client_secret,
        settings.graph_writer_certificate_file,
        managed=settings.graph_writer_managed_identity,
    )
    return replace(graph_options(settings), client_id=settings.graph_writer_client_id, credential=credential)


def timing(settings: Settings) -> Timing:
    """How long the things of a password last."""
    return Timing(
        life_hours=settings.password_life_hours,
        works_after_minutes=settings.password_works_after_minutes,
        same_change_minutes=settings.password_same_change_minutes,
        replace_unused=settings.password_replace_unused,
    )


def accounts_timing(settings: Settings) -> BoardTiming:
    """What is new on a school's board, and when it is looked at again."""
    return BoardTiming(same_change_minutes=settings.password_same_change_minutes, new_days=settings.accounts_new_days)


def _credential(client_id: str, secret: str, certificate_file: str, *, managed: bool) -> Credential:
    if managed:
        return ManagedIdentity(client_id)
    if certificate_file:
        both = _text(certificate_file)
        return Certificate(both, both)
    return ClientSecret(secret)


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8") if path else ""
