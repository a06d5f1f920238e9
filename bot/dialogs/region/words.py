"""Figures of schools → texts and colours."""

from collections.abc import Mapping

from bot.core.oversight.figures import Count, Hidden, HowFar, RegionSeen, RegionView, SchoolSeen
from bot.texts.catalog import Translate
from cards.charts import Share

STYLES: Mapping[HowFar, str] = {
    HowFar.LITTLE: "attention",
    HowFar.PART: "warning",
    HowFar.ALMOST: "accent",
    HowFar.ALL: "good",
    HowFar.SMALL: "emphasis",
    HowFar.UNKNOWN: "emphasis",
}
"""Said in words too: no meaning rests on a colour."""


def count_word(count: Count, t: Translate) -> str:
    """The number, or that it is hidden."""
    return t(f"region-{count}") if isinstance(count, Hidden) else str(count)


def share_word(one: SchoolSeen, t: Translate) -> str:
    """How far a school is, as far as it is shown."""
    match one.progress:
        case HowFar.UNKNOWN:
            return t("region-school-unknown")
        case HowFar.SMALL if one.of == 0:
            return t("region-school-none")
        case HowFar.SMALL:
            return t("region-school-small")
    of = count_word(one.of, t)
    if one.left is Hidden.FEW:
        return t("region-school-few-left", of=of)
    if one.handed is Hidden.FEW:
        return t("region-school-few-handed", of=of)
    return t("region-school", percent=one.percent or 0, handed=count_word(one.handed, t), of=of)


def requests_word(one: SchoolSeen, t: Translate) -> str:
    """Which requests wait for a school; "" for one without."""
    if one.open == 0:
        return ""
    return t("region-school-requests", open=count_word(one.open, t), late=count_word(one.late, t))


def listed_word(one: SchoolSeen, t: Translate) -> str:
    """That the school has read no list; "" for one that has."""
    return "" if one.listed else t("region-school-unlisted")


def totals_words(region: RegionSeen, t: Translate) -> tuple[str, ...]:
    """The sums of what is shown."""
    totals = region.totals
    if not region.schools:
        return ()
    share = (
        t("region-share", percent=totals.percent, handed=totals.handed, of=totals.of, schools=totals.counted)
        if totals.of
        else t("region-share-none")
    )
    return share, t("region-requests", open=totals.open, late=totals.late)


def shares(region: RegionSeen, t: Translate) -> tuple[Share, ...]:
    """How many schools are how far, the furthest first."""
    counts = region.by_progress
    order = (HowFar.ALL, HowFar.ALMOST, HowFar.PART, HowFar.LITTLE, HowFar.SMALL, HowFar.UNKNOWN)
    return tuple(
        Share(counts[one], STYLES[one], t(f"region-progress-{one}", count=counts[one]))
        for one in order
        if one in counts
    )


def view_word(region: RegionSeen, view: RegionView, t: Translate) -> str:
    """What a list is of, and how many."""
    return t(f"region-view-{view}", count=len(region.of_view(view)))
