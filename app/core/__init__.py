"""What every area stands on; it knows no area. Start at `http.py`, then `db.py` and `events.py`."""
