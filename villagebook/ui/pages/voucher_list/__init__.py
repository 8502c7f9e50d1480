"""Vouchers found, looked at, printed and acted on."""
