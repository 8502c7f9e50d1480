"""Which key may sign on a day, which file of the township counts, how a lost stick is stopped (KEY-01 to KEY-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from villagebook.domain.finding import Severity
from villagebook.domain.keys import SUITES, KeyAnswer, KeyList, KeyState, Standing
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.key_facts import KeyUse, TownshipWord
from villagebook.rules.rule import Hit, Rule, When

USE = frozenset({When.SIGN, When.REGISTER})
REGISTER = frozenset({When.REGISTER})
SOURCE = "电子签名法 13, 15 [N]; [D]"
TARGET = "keys:"
MIN_REASON = 4


def _where(facts: Facts, standing: Standing) -> str:
    return f"{facts.staff.name(standing.key.person_id)} {standing.key.key_id}"


def _used(
    check: Callable[[Facts, KeyUse], Iterator[dict[str, object]]],
) -> Callable[[Facts], Iterator[Hit]]:
    """A check of a key in use; it yields the values of its sentence."""

    def run(facts: Facts) -> Iterator[Hit]:
        use = facts.keys.use
        for values in check(facts, use) if use else ():
            yield Hit(_where(facts, use.standing) if use else "", values, TARGET)

    return run


def _uncertified(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    if use.standing.wanted and not use.standing.is_certified:
        yield {"mark": use.standing.key.key_id}


def _stopped(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    stop = use.standing.stop
    if stop is not None:
        yield {"day": stop.stopped_on.isoformat(), "name": facts.staff.name(stop.reported_by)}


def _revoked(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    entry = use.standing.entry
    if entry is not None and entry.revoked_on is not None and use.signed_on >= entry.revoked_on:
        yield {"day": entry.revoked_on.isoformat(), "reason": entry.reason or "–"}


def _out_of_date(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    standing = use.standing
    until = standing.until_on
    if standing.is_certified and until is not None and use.signed_on > until:
        yield {"what": _("it was valid until {day}").format(day=until.isoformat())}
        return
    begins = [standing.key.from_on]
    if standing.entry is not None:
        begins.append(standing.entry.from_on)
    elif standing.certified is not None:
        begins.append(standing.certified.answer.from_on)
    if use.signed_on < max(begins):
        yield {"what": _("it is valid from {day} on").format(day=max(begins).isoformat())}


def _stale_list(facts: Facts) -> Iterator[Hit]:
    use = facts.keys.use
    listed = use.standing.listed if use else None
    if use is None or listed is None or use.signed_on <= listed.until_on:
        return
    last = listed.until_on + timedelta(days=facts.policy.number("key_list_grace_days"))
    late = use.signed_on > last
    if late or not use.again:
        values: dict[str, object] = {
            "version": listed.version,
            "day": listed.until_on.isoformat(),
            "last": last.isoformat(),
        }
        yield Hit(_where(facts, use.standing), values, TARGET, None if late else Severity.WARNING)


def _unknown_suite(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    if use.standing.key.suite not in SUITES:
        yield {"suite": use.standing.key.suite, "known": ", ".join(SUITES)}


def _left(facts: Facts, use: KeyUse) -> Iterator[dict[str, object]]:
    if use.left:
        yield {
            "name": facts.staff.name(use.standing.key.person_id),
            "day": use.signed_on.isoformat(),
        }


def _list_faults(facts: Facts, word: TownshipWord, told: KeyList) -> Iterator[str]:
    if word.held is not None and told.version <= word.held.version:
        text = _("it is version {version}, and the book holds version {held}: a list never goes back")
        yield text.format(version=told.version, held=word.held.version)
    if told.from_on != word.signed_on or word.signed_on > word.today:
        yield _("its first day is not the day it was signed, or has not come yet")
    if word.today > told.until_on or told.until_on < told.from_on:
        yield _("it was valid until {day}").format(day=told.until_on.isoformat())
    if word.held is not None:
        back = [
            k.person
            for k in word.held.keys
            if k.revoked_on is not None
            and (
                (now := told.find(k.public)) is None
                or now.revoked_on is None
                or now.revoked_on > k.revoked_on
            )
        ]
        if back:
            text = _("it takes revocations back ({names}): a revoked key never comes back")
            yield text.format(names=", ".join(back))


def _answer_faults(facts: Facts, word: TownshipWord, told: KeyAnswer) -> Iterator[str]:
    standing = word.standing
    if standing is None or standing.key.public != told.request.public:
        yield _("it is about a key that was not made here")
        return
    if (standing.key.person_id, standing.key.suite) != (told.request.person_id, told.request.suite):
        yield _("it gives the key to somebody else")
    if standing.stop is not None or standing.state_on(word.today) is KeyState.REVOKED:
        yield _("the key was stopped: a stopped key never comes back")
    if word.signed_on > word.today or word.today > told.until_on or told.until_on < told.from_on:
        yield _("it was valid until {day}, or its day has not come yet").format(day=told.until_on.isoformat())
    if standing.certified is not None and word.signed_on < standing.certified.signed_on:
        yield _("it is older than the answer the book holds")


def _word_faults(facts: Facts) -> Iterator[Hit]:
    word = facts.keys.word
    if word is None:
        return
    told = word.content
    where = f"{told.code} v{told.version}" if isinstance(told, KeyList) else told.request.person
    code, book_id = (
        (told.code, told.book_id) if isinstance(told, KeyList) else (told.request.code, told.request.book_id)
    )
    if not word.suite_known:
        found = [
            _("it is signed by the procedure {suite}, which this program does not know").format(
                suite=word.suite
            )
        ]
    elif not word.holds:
        found = [_("the signature does not fit: it was changed after the township signed it")]
    elif (code, book_id) != word.here:
        found = [_("it is for another village or another book")]
    elif not word.trusted:
        text = _("the key of {name} that signed it is trusted here no longer")
        found = [text.format(name=word.township)]
    elif isinstance(told, KeyList):
        found = list(_list_faults(facts, word, told))
    else:
        found = list(_answer_faults(facts, word, told))
    for what in found:
        yield Hit(where, {"what": what}, TARGET)


def _stop_faults(facts: Facts) -> Iterator[Hit]:
    act = facts.keys.stopping
    if act is None:
        return
    found = []
    if act.standing is None:
        found.append(_("There is no such key."))
    elif act.standing.stop is not None:
        found.append(_("The key is stopped already."))
    if not act.known:
        found.append(_("Say who reports it."))
    if len(act.stop.reason.strip()) < MIN_REASON:
        found.append(_("Say what happened, in at least four characters."))
    if act.stop.lost_on > act.today or (act.standing and act.stop.lost_on < act.standing.key.from_on):
        found.append(_("The day lies between the making of the key and today."))
    for what in found:
        yield Hit(act.stop.key_id, {"what": what}, TARGET)


def _rule(
    id: str,
    level: Severity,
    when: frozenset[When],
    texts: tuple[str, str, str],
    check: Callable[[Facts], Iterator[Hit]],
) -> Rule:
    return Rule(id, "", level, when, SOURCE, *texts, check)


RULES = (
    _rule(
        "KEY-01",
        Severity.ERROR,
        USE,
        (
            N_("The township has certified the key"),
            N_("A key the village made for itself says nothing about whose it is."),
            N_(
                "The township has not certified this key {mark}. Send it the request file with the signed fingerprint sheet, and "
                "take its answer in; until then sign with a pen."
            ),
        ),
        _used(_uncertified),
    ),
    _rule(
        "KEY-02",
        Severity.ERROR,
        USE,
        (
            N_("A key that was reported lost signs no more"),
            N_("Whoever found the stick may know the PIN."),
            N_(
                "The key was stopped on {day}, reported by {name}. Sign with a pen, and have a new key made on another stick."
            ),
        ),
        _used(_stopped),
    ),
    _rule(
        "KEY-03",
        Severity.ERROR,
        USE,
        (
            N_("A revoked key signs no more"),
            N_("What was signed before the day of revocation stays; nothing after it counts."),
            N_(
                "The township has revoked this key from {day} on ({reason}). Sign with a pen, or with a new certified key."
            ),
        ),
        _used(_revoked),
    ),
    _rule(
        "KEY-04",
        Severity.ERROR,
        USE,
        (
            N_("A key signs within its days"),
            N_("The township's word holds from a day to a day."),
            N_("The key does not hold on this day: {what}. Ask the township for a new answer or list."),
        ),
        _used(_out_of_date),
    ),
    _rule(
        "KEY-05",
        Severity.ERROR,
        USE,
        (
            N_("The township's list of keys is fresh"),
            N_("An old list does not know which keys were revoked since."),
            N_(
                "The township's list of keys (version {version}) was valid until {day}; keys sign with it until {last}. "
                "Fetch the newer list."
            ),
        ),
        _stale_list,
    ),
    _rule(
        "KEY-06",
        Severity.ERROR,
        USE,
        (
            N_("The procedure of a signature is known"),
            N_("What nobody here can verify is no signature."),
            N_(
                "The key is for the procedure {suite}; this program knows {known}. Update the program, or sign with a pen."
            ),
        ),
        _used(_unknown_suite),
    ),
    _rule(
        "KEY-07",
        Severity.ERROR,
        USE,
        (
            N_("Who has left office signs with the key no more"),
            N_("The key belongs to the office as long as its owner holds it."),
            N_(
                "{name} holds no post on {day} any more; the key signs no longer. Whoever goes on in the post signs with the own key."
            ),
        ),
        _used(_left),
    ),
    _rule(
        "KEY-08",
        Severity.ERROR,
        REGISTER,
        (
            N_("The township's word about keys is genuine, new and for this book"),
            N_("An old or foreign list would bring lost keys back."),
            N_("The file of the township is refused: {what}. Ask the township for the right one."),
        ),
        _word_faults,
    ),
    _rule(
        "KEY-09",
        Severity.ERROR,
        REGISTER,
        (
            N_("A lost stick is stopped with who, when and what"),
            N_("Whoever looks at its signatures later must know from which day on to doubt them."),
            N_("The key is not stopped yet: {what}"),
        ),
        _stop_faults,
    ),
)
