"""Every word a person reads goes through here.

The msgids are English sentences with named {placeholders}; `.format` fills them in after the translation is found.
A translation is looked up when the text is shown, never when a module is loaded, so the language can change while
the program runs. Texts kept in tables are marked with `N_` and translated with `_` when they are shown.

    _("Voucher {no} is posted.").format(no=12)
    ngettext("{n} voucher", "{n} vouchers", n).format(n=n)
    filled(N_many("{n} voucher", "{n} vouchers", "n"), {"n": n})
"""

from __future__ import annotations

import errno
import gettext as _gettext
import logging
import math
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from villagebook import paths

ENGLISH = "en"
CHINESE = "zh_CN"
STRETCHED = "xx"  # nobody's language, longer than any real one: it finds screens that have no room to spare
LANGUAGES = (CHINESE, ENGLISH)

DOMAIN = "villagebook"
STRETCH = 0.4

_log = logging.getLogger(__name__)


class _Stretched(_gettext.NullTranslations):
    """English made 40 % longer, in brackets, so that a missing `_` and a text cut off both show."""

    def gettext(self, message: str, /) -> str:
        """Return the message stretched."""
        return stretch(message)

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """Return the right English form stretched."""
        return stretch(super().ngettext(singular, plural, n))


_language = ENGLISH
_catalogue = _gettext.NullTranslations()
_for_now: ContextVar[tuple[str, _gettext.NullTranslations] | None] = ContextVar("_for_now", default=None)


def set_language(language: str) -> None:
    """Speak this language from now on: "zh_CN", "en", or "xx" for the stretched one."""
    global _language, _catalogue  # the one piece of state here: a program speaks one language at a time
    _catalogue = _catalogue_of(language)
    _language = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak another language inside a `with`, in this thread only: paper keeps the language it was made in."""
    token = _for_now.set((language, _catalogue_of(language)))
    try:
        yield
    finally:
        _for_now.reset(token)


def _catalogue_of(language: str) -> _gettext.NullTranslations:
    if language == ENGLISH:
        return _gettext.NullTranslations()
    if language == STRETCHED:
        return _Stretched()
    if language in LANGUAGES:
        return _load(language)
    raise ValueError(f"no such language: {language}")


def _spoken() -> _gettext.NullTranslations:
    chosen = _for_now.get()
    return chosen[1] if chosen else _catalogue


def language() -> str:
    """Return the language that is spoken now."""
    chosen = _for_now.get()
    return chosen[0] if chosen else _language


def _load(language: str) -> _gettext.NullTranslations:
    """Read a compiled catalogue; without one the program still speaks, in English."""
    try:
        return _gettext.translation(DOMAIN, paths.catalogue_dir(), [language])
    except FileNotFoundError:
        _log.warning("no compiled catalogue for %s in %s; dev.py makes it", language, paths.catalogue_dir())
        return _gettext.NullTranslations()


def _(message: str) -> str:
    """Return the message in the language spoken now."""
    if not message:
        return message  # gettext would answer with the catalogue's header
    text = _spoken().gettext(message)
    return text if text is message or placeholders(text) == placeholders(message) else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of the message that fits the number n, in the language spoken now.

    The singular may leave the number out ("one voucher"); Chinese has one form for both, so either set fits.
    """
    text = _spoken().ngettext(singular, plural, n)
    if placeholders(text) in (placeholders(singular), placeholders(plural)):
        return text
    return singular if n == 1 else plural


def N_(message: str) -> str:
    """Mark a message for the catalogue and return it unchanged; `_` translates it where it is shown."""
    return message


class Counted(str):
    """A marked sentence in two numbers: itself for one, `plural` for the others; `by` is the placeholder that decides."""

    plural: str
    by: str

    def __new__(cls, singular: str, plural: str, count: str) -> Counted:
        made = super().__new__(cls, singular)
        made.plural, made.by = plural, count
        return made


def N_many(singular: str, plural: str, count: str) -> Counted:
    """As `N_`, for a sentence that counts what stands in the placeholder `count`; `filled` chooses the form."""
    return Counted(singular, plural, count)


def filled(message: str, values: Mapping[str, object]) -> str:
    """A marked sentence in the language spoken now, its placeholders filled; one that counts in the form of its number."""
    if isinstance(message, Counted):
        number = values[message.by]
        if not isinstance(number, int):
            raise TypeError(f"{message.by} is counted and has to be a whole number")
        return ngettext(message, message.plural, number).format(**values)
    return _(message).format(**values)


_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is write-protected"),
    errno.EACCES: N_("that is not allowed here"),
    errno.EPERM: N_("that is not allowed here"),
    errno.ENOENT: N_("it is not there"),
    errno.ENOTDIR: N_("part of its path is no folder"),
    errno.EEXIST: N_("something is there already"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EIO: N_("the disk cannot be read or written"),
}
_DATABASE_REASONS = {
    "database or disk is full": errno.ENOSPC,
    "unable to open database file": errno.EACCES,
    "attempt to write a readonly database": errno.EROFS,
    "disk I/O error": errno.EIO,
}


def why(error: Exception) -> str:
    """What the system says about a file, in the reader's language; in its own words where it is something rare."""
    code = error.errno if isinstance(error, OSError) else _DATABASE_REASONS.get(str(error))
    if code in _REASONS:
        return _(_REASONS[code])
    return str((isinstance(error, OSError) and error.strerror) or error)


@cache
def placeholders(text: str) -> frozenset[str] | None:
    """Return the names in {braces}, or None where the braces are broken.

    A translation must have those of its message, or the message is shown instead: a translator's slip must neither
    end in an error before a user's eyes nor hide a figure. (A broken brace on both sides fits: such a text is not
    one that anything is filled into.)
    """
    try:
        return frozenset(
            name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None
        )
    except ValueError:
        return None


def stretch(message: str) -> str:
    """Return the message in brackets and 40 % longer, with its placeholders whole."""
    more = math.ceil(len(message) * STRETCH)
    filler = " longer" * (more // 7 + 1)
    return f"[{message}{filler[:more]}]"
