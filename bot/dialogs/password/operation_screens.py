"""Where one password is, and the password itself → cards."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import PeopleShown, Reply, Shows
from bot.core.handover.changes import DOUBT_ENDS
from bot.core.handover.model import Recipient
from bot.core.passwords.follow import STILL_AFTER, PasswordState
from bot.core.passwords.model import (
    NOTHING_YET,
    Afterwards,
    Handed,
    Job,
    NewOperation,
    Operation,
    PasswordStatus,
    Shown,
    Stage,
)
from bot.core.passwords.reading import digits, grouped, syllables
from bot.core.passwords.slips import SlipOffer
from bot.dialogs.dialog import Scene
from bot.dialogs.password.person_screens import another
from bot.presser import STEP_LIFETIME, Voice
from bot.refusals import failed
from bot.texts.catalog import Translate
from bot.texts.moments import hour, moment
from cards.actions import Button
from cards.card import CardJson, Mood
from cards.password_reveal import password_reveal_card
from cards.password_state import password_state_card

Facts = tuple[tuple[str, str], ...]
"""Label and value, of a card."""

RECEIPT_LIFETIME = timedelta(hours=12)
"""To note that a password was handed over, and to look whether it works: neither opens anything, and the director
goes to the student first.
"""


def sessions_words(operation: Operation, t: Translate) -> tuple[str, ...]:
    """Whether the account was signed out everywhere; nothing where that was not asked for."""
    if not operation.asked.revoke:
        return ()
    return (t("password-revoked" if operation.revoked else "password-not-revoked"),)


def still_signed_in(operation: Operation) -> bool:
    """Whether the account should have been signed out everywhere and may not be: the director has to act."""
    return operation.asked.revoke and not operation.revoked


def recipient_fact(to: Voice, asked: NewOperation | Job) -> tuple[str, str]:
    """Who receives it, as a fact of a card; of the passwords of several, who receives them."""
    if isinstance(asked, Job):
        parents = asked.recipient is Recipient.PARENT
        handed = to.t("card-class-handed-parent" if parents else "card-class-handed-student")
        return to.t("card-class-handed-to"), handed
    return to.t("password-recipient"), to.t(f"recipient-{asked.recipient.value}")


def expiry(to: Voice, operation: Operation) -> Facts:
    """Until when it works, as facts of a card."""
    if operation.expires_at is None:
        return ()
    return ((to.t("password-expires"), moment(operation.expires_at, to.language)),)


def about(
    to: Voice,
    operation: Operation,
    title: str,
    *paragraphs: str,
    facts: Facts = (),
    mood: Mood = "plain",
    buttons: tuple[Button, ...] = (),
) -> CardJson:
    """A card about the password of one person, without the password."""
    return password_state_card(
        to.t,
        title=title,
        paragraphs=paragraphs,
        name=operation.asked.name,
        class_=operation.asked.class_,
        username=operation.asked.username,
        facts=facts,
        mood=mood,
        buttons=buttons,
    )


def operation_state(scene: Scene, operation: Operation, after: Afterwards, *, slips: bool) -> Reply:
    """Where it is now, whatever that is, and what can be done next. `slips`: whether slips can be printed at all."""
    if after.handed is not None:
        return receipt(scene, operation, after, after.handed)
    if words := _newer(scene, operation, after):
        doubt = _while_in_doubt(scene, operation, after)
        return _card(scene, operation, scene.t("password-gone-title"), words, *doubt, mood="attention")
    match operation.stage:
        case Stage.REQUESTED:
            return _running(scene, operation)
        case Stage.READY | Stage.SHOWN if operation.can_be_shown(scene.now):
            return _waiting(scene, operation, after, slips=slips)
        case Stage.SHOWN | Stage.CLOSED if operation.shown_at is not None:
            return _gone(scene, operation, after)
        case Stage.FAILED:
            title = "password-doubt-title" if operation.in_doubt else "password-failed-title"
            return _card(scene, operation, scene.t(title), *failed(operation, scene.t), mood="attention")
        case Stage.CANCELLED:
            return _card(scene, operation, scene.t("password-cancelled-title"), scene.t("password-cancelled"))
        case _:
            return _card(
                scene, operation, scene.t("password-gone-title"), scene.t("password-unseen"), mood="attention"
            )


def receipt(scene: Scene, operation: Operation, after: Afterwards, handed: Handed) -> Reply:
    """Handed over: to whom, when, by whom. What another school has noted is not told."""
    newer = _newer(scene, operation, after)
    noted = (
        (scene.t("password-recipient"), scene.t(f"recipient-{handed.recipient.value}")),
        (scene.t("password-handed-at"), moment(handed.at, scene.language)),
    )
    me, school = scene.actor, scene.actor.school
    a_person = me.name and not (school is not None and school.is_called(me.name))
    by_me = a_person and handed.actor == me.object_id
    facts = (
        *(noted if handed.school == operation.asked.school else ()),
        *([(scene.t("password-handed-by"), me.name)] if by_me else []),
        *(() if newer else expiry(scene, operation)),
    )
    words = (newer or scene.t("password-change-at-first"), *sessions_words(operation, scene.t))
    buttons = (_check(scene, operation), another(scene))
    title = scene.t("password-handed-title")
    return _card(scene, operation, title, *words, facts=facts, mood=_good(operation), buttons=buttons)


def checked(scene: Scene, seen: PasswordState) -> Reply:
    """Whether it works, and whether its owner has changed it."""
    operation, t = seen.operation, scene.t
    if words := _newer(scene, operation, seen.after):
        doubt = _while_in_doubt(scene, operation, seen.after)
        return _card(scene, operation, t("password-check-title"), words, *doubt, mood="attention")
    shown = [_reveal(scene, operation)] if operation.can_be_shown(scene.now) else []
    handing = _handing(scene, operation, seen.after)
    again = (*shown, *handing, _check(scene, operation), another(scene))
    match seen.status:
        case PasswordStatus.CHANGED:
            return _card(
                scene, operation, t("password-check-title"), t("password-check-changed"), mood="good",
                buttons=(*handing, another(scene)),
            )  # fmt: skip
        case PasswordStatus.REPLACED:
            return _card(scene, operation, t("password-check-title"), t("password-check-replaced"), mood="attention")
        case PasswordStatus.RUNNING | PasswordStatus.DOUBTFUL | PasswordStatus.NEVER:
            return operation_state(scene, operation, seen.after, slips=False)
        case PasswordStatus.EXPIRED:
            words = t("password-check-expired" if seen.accepted else "password-check-expired-unknown")
            check = () if seen.accepted else (_check(scene, operation),)
            return _card(
                scene, operation, t("password-check-title"), words, mood="attention",
                buttons=(*handing, *check, _new(scene, operation), another(scene)),
            )  # fmt: skip
        case _ if seen.accepted and (operation.works_from is None or scene.now >= operation.works_from):
            return _card(
                scene, operation, t("password-check-title"), t("password-check-works"),
                facts=expiry(scene, operation), mood="good", buttons=again,
            )  # fmt: skip
        case _:
            at = hour(operation.works_from, scene.language)
            words = t("password-check-not-yet", at=at) if at else t("password-check-soon")
            return _card(scene, operation, t("password-check-title"), words, buttons=again)


def revealed(scene: Scene, shown: Shown, *, slips: bool) -> Reply:
    """The password: in the answer to a press and nowhere else."""
    operation, password = shown.operation, shown.secret.reveal()
    sessions = sessions_words(operation, scene.t)
    card = password_reveal_card(
        scene.t,
        name=operation.asked.name,
        username=operation.asked.username,
        class_=operation.asked.class_,
        recipient=operation.asked.recipient.value,
        password=password,
        grouped=grouped(password),
        reading=_reading(scene, password),
        works_from=hour(operation.works_from, scene.language),
        expires=moment(operation.expires_at, scene.language),
        seen_again_until=hour(operation.lease_until, scene.language),
        problem=" ".join(sessions) if still_signed_in(operation) else "",
        notice="" if still_signed_in(operation) else " ".join(sessions),
        buttons=(
            *_handing(scene, operation, NOTHING_YET),
            _look(scene, operation, scene.t("password-hide")),
            _check(scene, operation),
            *([_slip(scene, operation)] if slips else []),
        ),
    )
    return Reply(card=card)


def slip_offered(scene: Scene, offer: SlipOffer, link: str, back: Button) -> Reply:
    """The link to the slips, and the PIN that opens them."""
    card = password_state_card(
        scene.t,
        title=scene.t("password-slips-title", count=offer.count),
        paragraphs=(
            scene.t("password-slips-until", until=hour(offer.until, scene.language)),
            scene.t("password-slips-care", count=offer.count),
        ),
        pin=offer.pin,
        link=link,
        buttons=(back,),
    )
    return Reply(card=card)


def _running(scene: Scene, operation: Operation) -> Reply:
    words = "password-running-slow" if scene.now - operation.asked.at >= STILL_AFTER else "password-running"
    if operation.in_doubt:
        words = "password-running-doubt"
    buttons = (_look(scene, operation, scene.t("password-look")), another(scene))
    return _card(scene, operation, scene.t("password-running-title"), scene.t(words), buttons=buttons)


def _waiting(scene: Scene, operation: Operation, after: Afterwards, *, slips: bool) -> Reply:
    """Ready to be shown, or shown and still within its lease."""
    more = [_slip(scene, operation)] if slips else []
    until = hour(operation.secret_until, scene.language)
    if operation.stage is Stage.SHOWN:
        return _card(
            scene, operation, scene.t("password-hidden-title"), scene.t("password-hidden", until=until),
            buttons=(*_handing(scene, operation, after), _reveal(scene, operation), *more, another(scene)),
        )  # fmt: skip
    reveal = replace(_reveal(scene, operation), style="positive")
    return _card(
        scene, operation, scene.t("password-ready-title"), scene.t("password-ready"),
        scene.t("password-ready-until", until=until), *sessions_words(operation, scene.t),
        facts=(recipient_fact(scene, operation.asked),), mood=_good(operation),
        buttons=(reveal, *more, another(scene)),
    )  # fmt: skip


def _newer(scene: Scene, operation: Operation, after: Afterwards) -> str:
    """That a newer one has ended it, or may have; "" where none has. What another school did is not told."""
    newer = after.newer
    if newer is None or not operation.counts:
        return ""
    if newer.in_doubt:
        return scene.t("password-newer-in-doubt")
    if newer.school != operation.asked.school:
        return scene.t("password-newer-elsewhere")
    return scene.t("password-newer", at=moment(newer.at, scene.language))


def _while_in_doubt(scene: Scene, operation: Operation, after: Afterwards) -> tuple[str, ...]:
    """That one that was shown is not noted as handed over while a newer may have ended it, and what to do."""
    newer = after.newer
    if newer is None or not newer.in_doubt or not _handing(scene, operation, after):
        return ()
    until = newer.at + DOUBT_ENDS
    if newer.school != operation.asked.school or scene.now >= until:
        return (scene.t("password-doubt-over"),)
    return (scene.t("password-doubt-until", at=moment(until, scene.language)),)


def _gone(scene: Scene, operation: Operation, after: Afterwards) -> Reply:
    at = moment(operation.shown_at, scene.language)
    words = [scene.t("password-gone", at=at), scene.t("password-reissue")]
    to_account: tuple[Button, ...] = ()
    if after.taken_back:
        words.insert(0, scene.t("password-taken-back"))
        ids = {"person": operation.asked.person}
        to_account = scene.to("accounts.person", scene.t("password-to-account"), ids=ids)
    buttons = (
        *_handing(scene, operation, after),
        *to_account,
        _new(scene, operation),
        _check(scene, operation),
        another(scene),
    )
    return _card(scene, operation, scene.t("password-shown-title"), *words, buttons=buttons)


def _card(
    scene: Scene,
    operation: Operation,
    title: str,
    *paragraphs: str,
    facts: Facts = (),
    mood: Mood = "plain",
    buttons: tuple[Button, ...] | None = None,
) -> Reply:
    if buttons is None:
        buttons = (_new(scene, operation), another(scene))
    card = about(scene, operation, title, *paragraphs, facts=facts, mood=mood, buttons=buttons)
    return Reply(card=card, people=PeopleShown(Shows.PERSON, operation.asked.person, class_=operation.asked.class_))


def _good(operation: Operation) -> Mood:
    return "attention" if still_signed_in(operation) else "good"


def _reading(scene: Scene, password: str) -> str:
    """How it is read aloud: in Cyrillic syllables where Bulgarian is spoken, in its own letters elsewhere."""
    number = digits(password)
    letters = password.removesuffix(number)
    parts = (
        syllables(password) if scene.language == "bg" else [letters[at : at + 2] for at in range(0, len(letters), 2)]
    )
    return f"{'-'.join(parts)}, {' '.join(scene.t(f'digit-{digit}') for digit in number)}"


def _handing(scene: Scene, operation: Operation, after: Afterwards) -> tuple[Button, ...]:
    """Only what was shown can have been handed over, and only once; after a mistake it is noted on the board."""
    if operation.shown_at is None or operation.handed_at is not None or after.handed is not None:
        return ()
    press = scene.press("password.handed", RECEIPT_LIFETIME, ids={"operation": operation.asked.id})
    return (Button(scene.t("password-handed"), press, "positive"),)


def _new(scene: Scene, operation: Operation) -> Button:
    press = scene.press("password.person", STEP_LIFETIME, ids={"person": operation.asked.person})
    return Button(scene.t("password-new"), press)


def _check(scene: Scene, operation: Operation) -> Button:
    """Lives as long as the receipt: it opens nothing, and is mostly pressed hours later."""
    press = scene.press("password.check", RECEIPT_LIFETIME, ids={"operation": operation.asked.id})
    return Button(scene.t("password-check"), press)


def _look(scene: Scene, operation: Operation, words: str) -> Button:
    return Button(words, scene.press("password.state", STEP_LIFETIME, ids={"operation": operation.asked.id}))


def _reveal(scene: Scene, operation: Operation) -> Button:
    press = scene.press("password.reveal", STEP_LIFETIME, ids={"operation": operation.asked.id})
    return Button(scene.t("password-reveal-again" if operation.stage is Stage.SHOWN else "password-reveal"), press)


def _slip(scene: Scene, operation: Operation) -> Button:
    press = scene.press("password.slips", STEP_LIFETIME, ids={"operation": operation.asked.id})
    return Button(scene.t("password-slip"), press)
