"""How the program looks: calm, large, high contrast, one accent colour, red only for red figures and refusals."""

from __future__ import annotations

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
    """The style sheet; few rules, none on table cells (a sheet on items makes long tables slow)."""
    pad, half = round(size * 0.42), round(size * 0.25)
    down, tick = (paths.resource("icons", name).as_posix() for name in ("down.png", "tick.png"))
    return f"""
    QPushButton, QToolButton {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 5px;
        padding: {half}px {pad * 2}px; min-height: {round(size * 1.45)}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {ACCENT_SOFT}; border-color: {ACCENT}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {ACCENT}; }}
    QPushButton:disabled {{ background: {GROUND}; color: #87928D; }}
    QPushButton[role="main"] {{ background: {ACCENT}; color: white; border-color: {ACCENT}; font-weight: 600; }}
    QPushButton[role="main"]:hover {{ background: #0D7A63; }}
    QPushButton[role="main"]:focus {{ border: 2px solid {INK}; }}
    QPushButton[role="main"]:disabled {{ background: {SOFT}; color: #6E7A75; border-color: {LINE}; }}
    QPushButton[role="choice"]:checked {{ background: {ACCENT_SOFT}; color: {ACCENT}; border-color: {ACCENT};
        font-weight: 600; }}
    QPushButton[role="link"] {{ border: 1px solid transparent; background: transparent; color: {ACCENT};
        padding: {half}px {half}px; text-align: left; }}
    QPushButton[role="link"]:focus {{ border: 2px solid {ACCENT}; }}
    QLineEdit, QComboBox, QPlainTextEdit {{ background: {SURFACE}; border: 1px solid #8E9A95;
        border-radius: 4px; padding: {half}px {pad}px; min-height: {round(size * 1.4)}px;
        selection-background-color: {ACCENT}; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {{ border: 2px solid {ACCENT}; }}
    QLineEdit[wrong="true"] {{ border: 2px solid {RED}; }}
    QLineEdit[minus="true"] {{ color: {RED}; }}
    QLineEdit:read-only {{ background: {GROUND}; }}
    QComboBox::drop-down {{ border: none; width: {round(size * 1.6)}px; }}
    QComboBox::down-arrow {{ image: url("{down}"); width: {size}px; height: {size}px; }}
    QComboBox QAbstractItemView {{ background: {SURFACE}; border: 1px solid {LINE}; outline: none; }}
    QCheckBox::indicator, QTableView::indicator, QListView::indicator {{ width: {round(size * 1.1)}px;
        height: {round(size * 1.1)}px; border: 1px solid #5F6F69; border-radius: 3px; background: {SURFACE}; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked {{
        background: {ACCENT}; border-color: {ACCENT}; image: url("{tick}"); }}
    QCheckBox:focus {{ color: {ACCENT}; text-decoration: underline; }}
    QListWidget {{ background: {SURFACE}; border: 1px solid #8E9A95; border-radius: 4px; }}
    QListWidget:focus {{ border: 2px solid {ACCENT}; }}
    QLabel[role="title"] {{ font-size: {round(size * 1.45)}px; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {round(size * 1.12)}px; font-weight: 600; }}
    QLabel[role="quiet"] {{ color: {QUIET}; }}
    QLabel[role="red"] {{ color: {RED}; }}
    QFrame[role="card"] {{ background: {SURFACE}; border: 1px solid {LINE}; border-radius: 6px; }}
    QFrame[role="stop"], QFrame[role="hold"], QFrame[role="hint"] {{ background: {SURFACE};
        border: 1px solid {LINE}; border-radius: 4px; }}
    QFrame[role="stop"] {{ border-left: 5px solid {RED}; }}
    QFrame[role="hold"] {{ border-left: 5px solid {AMBER}; }}
    QFrame[role="hint"] {{ border-left: 5px solid {ACCENT}; }}
    QLabel[role="stop-word"] {{ color: {RED}; font-weight: 600; }}
    QLabel[role="hold-word"] {{ color: {AMBER}; font-weight: 600; }}
    QLabel[role="hint-word"] {{ color: {ACCENT}; font-weight: 600; }}
    QTableView {{ background: {SURFACE}; border: 1px solid {LINE}; gridline-color: {SOFT};
        alternate-background-color: #F7F9F8; }}
    QTableView:focus {{ border: 2px solid {ACCENT}; }}
    QHeaderView::section {{ background: {SOFT}; border: none; border-right: 1px solid {LINE};
        border-bottom: 1px solid {LINE}; padding: {half}px {pad}px; font-weight: 600; }}
    QTabBar::tab {{ padding: {half + 2}px {pad * 2}px; border: 1px solid {LINE}; background: {GROUND};
        border-bottom: none; border-top-left-radius: 5px; border-top-right-radius: 5px; margin-right: 2px; }}
    QTabBar::tab:selected {{ background: {SURFACE}; color: {ACCENT}; font-weight: 600; }}
    QTabBar:focus {{ border-bottom: 2px solid {ACCENT}; }}
    QTabWidget::pane {{ border: 1px solid {LINE}; background: {SURFACE}; }}
    QScrollBar:vertical {{ width: {round(size * 0.9)}px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: {round(size * 0.9)}px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: #B4C0BB; border-radius: {round(size * 0.3)}px; margin: 2px;
        min-height: {size * 2}px; min-width: {size * 2}px; }}
    QScrollBar::handle:hover {{ background: #8FA099; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QFrame#rail {{ background: #E6ECE9; border-right: 1px solid {LINE}; }}
    QFrame#rail QPushButton {{ text-align: left; border: 2px solid transparent; background: transparent;
        padding: {round(size * 0.16)}px {pad}px; min-height: {round(size * 1.5)}px; }}
    QFrame#rail QPushButton:hover {{ background: {ACCENT_SOFT}; }}
    QFrame#rail QPushButton:focus {{ border: 2px solid {ACCENT}; }}
    QFrame#rail QPushButton:checked {{ background: {ACCENT}; color: white; font-weight: 600; }}
    QFrame#rail QPushButton:checked:focus {{ border: 2px solid {INK}; }}
    QFrame#header {{ background: {SURFACE}; border-bottom: 1px solid {LINE}; }}
    QFrame#status {{ background: {SURFACE}; border-top: 1px solid {LINE}; }}
    QToolTip {{ border: 1px solid {LINE}; padding: 4px; }}
    """
