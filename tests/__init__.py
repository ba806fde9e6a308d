"""Tests. `conftest.py` gives the application on both databases; `factories/` makes rows."""
