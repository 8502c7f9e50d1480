"""Qt Widgets: pages, models, widgets. No rule, no SQL, no sum."""

from villagebook.ui.lasting import make_lasting

make_lasting()
