"""The demo: exact counts, same seed same data."""
