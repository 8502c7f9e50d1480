"""Villagebook: offline books for a village collective, its notice board and its township."""

__version__ = "0.1.0"
