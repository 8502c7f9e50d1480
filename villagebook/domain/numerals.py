"""Amounts in words: formal Chinese capitals (会计基础工作规范 art. 52), and as they are read aloud."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_SMALL = ("", "拾", "佰", "仟")
_BIG = ("", "万", "亿", "万")  # the second 万 counts 亿: 壹万零壹亿


def _group(four: int) -> str:
    """0..9999 in capitals, with 零 for inner gaps, none at the ends."""
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = four // 10**power % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + _SMALL[power]
            gap = False
        else:
            gap = True
    return out


def _whole(yuan: int) -> str:
    groups = []
    while yuan:
        yuan, four = divmod(yuan, 10_000)
        groups.append(four)
    out = ""
    for index in range(len(groups) - 1, -1, -1):
        four = groups[index]
        if not four:
            out += "亿" if index == 2 and out else ""
            continue
        if out and (four < 1000 or groups[index + 1] == 0):
            out += "零"
        out += _group(four) + _BIG[index]
    return out


def capital_amount(fen: int) -> str:
    """Amount in capitals: 180050 -> 壹仟捌佰元零伍角整; ends with 整 at 元 or 角, never after 分; red amounts begin with 负."""
    if fen == 0:
        return "零元整"
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    out = _whole(yuan) + "元" if yuan else ""
    if jiao:
        # 零 before 角 when the yuan end in 0: 规范 allows either; we write it, as banks do
        out += ("零" if yuan and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif cent and yuan:
        out += "零"
    out += _DIGITS[cent] + "分" if cent else "整"
    return sign + out


_SPOKEN = "零一二三四五六七八九"
_SPOKEN_SMALL = ("", "十", "百", "千")


def _spoken_group(four: int, *, first: bool) -> str:
    """0..9999 as read aloud; `first` is the leading group, whose 一十 is read 十."""
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = four // 10**power % 10
        if not digit:
            gap = True
            continue
        out += "零" if gap and (out or not first) else ""
        begins = first and not out
        said = {(1, 1): "", (2, 3): "两"}.get((digit, power)) if begins else None
        out += (_SPOKEN[digit] if said is None else said) + _SPOKEN_SMALL[power]
        gap = False
    return out


def spoken_number(number: int) -> str:
    """A whole number as people read it: 12 -> 十二, 1200 -> 一千二百, 20050 -> 两万零五十."""
    if number == 0:
        return "零"
    groups = []
    rest = number
    while rest:
        rest, four = divmod(rest, 10_000)
        groups.append(four)
    out = ""
    for index in range(len(groups) - 1, -1, -1):
        four, first = groups[index], not out
        if not four:
            out += "亿" if index == 2 and out else ""
            continue
        if not first and four >= 1000 and groups[index + 1] == 0:
            out += "零"
        read = _spoken_group(four, first=first)
        out += ("两" if first and four == 2 and index else read) + _BIG[index]
    return out


def spoken_amount(fen: int) -> str:
    """An amount as read aloud over a loudspeaker: 120000 -> 一千二百元, 10005 -> 一百元零五分, 200 -> 两元."""
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cent = divmod(rest, 10)
    whole = ""
    if yuan or not rest:
        whole = ("两" if yuan == 2 else spoken_number(yuan)) + "元"
    tail = ""
    if jiao:
        tail = ("两" if jiao == 2 and not yuan else _SPOKEN[jiao]) + "角"
    elif cent and yuan:
        tail = "零"
    if cent:
        tail += _SPOKEN[cent] + "分"
    return sign + whole + tail
