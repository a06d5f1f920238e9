"""Check 1: our own settings and the files they name, without opening the database."""

from pathlib import Path

from bot.core.clock import day_in_sofia
from bot.core.people.regions import REGIONS, region_key
from bot.runtime.certificates import NOW, SOON, certificate_files, ends_of
from bot.runtime.days_off import DaysFileError, DaysOff
from bot.runtime.doctor.examination import Examination, Finding, differs, good, said, wrong
from bot.runtime.keys import KeyFileError, master_key
from bot.teams.options import ConfigurationError

_FILES = (
    "app_certificate_file",
    "graph_certificate_file",
    "graph_writer_certificate_file",
    "graph_ca_file",
    "school_days_file",
)


async def settings(room: Examination) -> tuple[Finding, ...]:
    """That they contradict each other nowhere was found before anything was opened (`run.py`)."""
    return (
        _identity(room),
        _key(room),
        *_school_days(room),
        _support(room),
        _offices(room),
        *_certificates(room),
        *_files(room),
    )


def _identity(room: Examination) -> Finding:
    asked = said("settings-asked")
    try:
        room.teams.check()
    except ConfigurationError as error:
        return wrong(asked, said("came-words", words=str(error)), said("settings-teams"), said("settings-teams-mend"))
    return good(asked, said("came-read"), said("settings-right"))


def _key(room: Examination) -> Finding:
    asked = said("settings-key-asked")
    path = Path(room.settings.key_file)
    if not room.settings.real_tenant and not path.exists():
        return good(asked, said("came-none"), said("settings-key-made"))
    try:
        master_key(path, may_make=False)
    except (KeyFileError, OSError, UnicodeDecodeError) as error:
        words = str(error) if isinstance(error, KeyFileError) else type(error).__name__
        return wrong(asked, said("came-words", words=words), said("settings-key"), said("settings-key-mend"))
    return good(asked, said("came-read"), said("settings-key-right"))


def _school_days(room: Examination) -> tuple[Finding, ...]:
    asked, today = said("settings-days-asked"), day_in_sofia(room.outside.clock())
    try:
        days = DaysOff.read(room.settings.school_days_file, today)
    except DaysFileError as error:
        words = said("came-words", words=str(error))
        return (wrong(asked, words, said("settings-days-unread"), said("settings-days-unread-mend")),)
    begins = days.year_asked(today)
    year, known = f"{begins}/{begins + 1}", days.days_known(begins)
    came = said("came-count", count=known)
    if not known:
        # Deadlines run by public holidays alone: nothing stops, so the pretend tenant is not troubled with it.
        mend = said("settings-days-mend") if room.settings.real_tenant else None
        return (differs(asked, came, said("settings-days-none", year=year), mend),)
    return (good(asked, came, said("settings-days-right", year=year)),)


def _support(room: Examination) -> Finding:
    """Nothing stops without it, and who serves as support may be decided later: a word, nothing to mend."""
    asked, support = said("settings-support-asked"), room.settings.support
    if not support.named:
        return differs(asked, said("came-none"), said("settings-support-none"), None)
    ways = (support.phone, support.email, support.page)
    return good(asked, said("came-words", words=", ".join(filter(None, ways))), said("settings-support-right"))


def _offices(room: Examination) -> Finding:
    """Who is not named becomes known by writing to the bot, so nothing stops: a word, nothing to mend."""
    named = {region_key(region) for region in room.settings.regional_offices.values()}
    count = sum(region_key(region) in named for region in REGIONS)
    asked, came = said("settings-offices-asked"), said("came-share", count=count, of=len(REGIONS))
    if count < len(REGIONS):
        return differs(asked, came, said("settings-offices-some"))
    return good(asked, came, said("settings-offices-right"))


def _certificates(room: Examination) -> tuple[Finding, ...]:
    """The day stands in every finding: who renews one a week before its end has to know it a year before."""
    found = []
    for name, ends in ends_of(certificate_files(room.settings)).items():
        asked, left = said("settings-certificate-asked", setting=name), ends - room.outside.clock()
        came = said("came-until", day=day_in_sofia(ends).isoformat())
        mend = said("settings-certificate-mend")
        if left <= NOW:
            found.append(wrong(asked, came, said("settings-certificate-ends"), mend))
        elif left <= SOON:
            found.append(differs(asked, came, said("settings-certificate-soon"), mend))
        else:
            found.append(good(asked, came, said("settings-certificate-right")))
    return tuple(found)


def _files(room: Examination) -> tuple[Finding, ...]:
    unread = []
    for name in _FILES:
        path = getattr(room.settings, name)
        try:
            if path and not Path(path).read_bytes():
                unread.append(name.upper())
        except OSError:
            unread.append(name.upper())
    if not unread:
        return ()
    came = said("came-words", words=", ".join(unread))
    return (wrong(said("settings-files-asked"), came, said("settings-files"), said("settings-files-mend")),)
