"""How the program looks: calm, large, high contrast, one accent colour, red only for red figures and refusals."""

from __future__ import annotations

import re
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from villagebook import paths
from villagebook.ui.preferences import TEXT_SIZES

GROUND = "#F3F5F4"
SURFACE = "#FFFFFF"
INK = "#1A2421"
QUIET = "#56635E"
LINE = "#C3CCC8"
SOFT = "#E3EAE7"
ACCENT = "#0B6350"
ACCENT_SOFT = "#D5EAE4"
RED = "#B3181B"
AMBER = "#8A5300"

CJK_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)


def apply(app: QApplication, text_size: str) -> None:
    """Give the application its style, font and colours; may be called again when the text size changes."""
    app.setStyle("Fusion")
    font = QFont(family())
    font.setPixelSize(TEXT_SIZES[text_size])
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(_sheet(TEXT_SIZES[text_size]))


def family() -> str:
    """The first good Chinese font of the system; ours is loaded only when there is none (it costs memory)."""
    present = set(QFontDatabase.families())
    for name in CJK_FAMILIES:
        if name in present:
            return name
    number = QFontDatabase.addApplicationFont(str(paths.resource("fonts", "NotoSansSC-Regular.ttf")))
    loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return loaded[0] if loaded else QApplication.font().family()


def em(times: float = 1.0) -> int:
    """Pixels of so many text heights; every fixed measure in the program is a multiple of the text size."""
    return round(QFontInfo(QApplication.font()).pixelSize() * times)


def open_at(window: QWidget, wide: float, high: float) -> None:
    """Size a window in text heights, but no larger than the screen leaves: the buttons at its foot have to be reached."""
    room = window.screen().availableGeometry()
    window.resize(min(em(wide), room.width() - em(2)), min(em(high), room.height() - em(3)))


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, GROUND),
        (role.Base, SURFACE),
        (role.AlternateBase, "#F8FAF9"),
        (role.Text, INK),
        (role.WindowText, INK),
        (role.ButtonText, INK),
        (role.Button, SURFACE),
        (role.PlaceholderText, "#74807B"),
        (role.Highlight, ACCENT),
        (role.HighlightedText, SURFACE),
        (role.ToolTipBase, SURFACE),
        (role.ToolTipText, INK),
        (role.Link, ACCENT),
        (role.Mid, LINE),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor("#87928D"))
    return palette


def _sheet(size: int) -> str:
    """The style sheet for text of so many pixels."""
    pad, half = round(size * 0.42), round(size * 0.25)
    down, tick = (paths.resource("icons", name).as_posix() for name in ("down.png", "tick.png"))
    gaps = {"half": half, "tab": half + 2, "pad": pad, "wide": pad * 2}
    told = {
        "ground": GROUND,
        "surface": SURFACE,
        "ink": INK,
        "quiet": QUIET,
        "line": LINE,
        "soft": SOFT,
        "accent": ACCENT,
        "accent_soft": ACCENT_SOFT,
        "red": RED,
        "amber": AMBER,
        "down": down,
        "tick": tick,
        **{name: f"{pixels}px" for name, pixels in gaps.items()},
    }
    rules = Template(paths.resource("style", "widgets.qss").read_text(encoding="utf-8")).substitute(told)
    return re.sub(r"([\d.]+)em\b", lambda found: f"{round(size * float(found[1]))}px", rules)
