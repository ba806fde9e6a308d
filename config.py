"""Settings, read from the environment. What they do is in the code that reads them; every one has
a default that suits one machine with SQLite."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def settings() -> dict[str, object]:
    """The settings for this process. Tests pass their own to create_app on top of these."""
    var = Path(os.environ.get("HONGLIN_VAR") or ROOT / "var").resolve()
    return {
        # Where keys, pictures and the default database live. Back this folder up.
        "VAR_DIR": var,
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'honglin.sqlite3'}",
        # How people reach this server: goes into invitation links and push messages.
        "PUBLIC_URL": os.environ.get("PUBLIC_URL") or "http://127.0.0.1:8000",
        # Whom a push service may write to about our messages; it is told with each of them.
        "PUSH_CONTACT": os.environ.get("PUSH_CONTACT") or "mailto:postmaster@example.org",
        # A picture may have 10 MB, a spreadsheet less; the rest is room for the form around it.
        "MAX_CONTENT_LENGTH": 11 * 1024 * 1024,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "INFO",
        # Tests hold every answer against its published schema; a live server saves the time.
        "CHECK_ANSWERS": False,
    }
