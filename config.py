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
        # Proxies of ours, by the address from which they speak to us: what they say last about
        # where a request comes from is believed.
        "TRUSTED_PROXIES": (os.environ.get("TRUSTED_PROXIES") or "127.0.0.1,::1").split(","),
        # Without an account: so many, in so many seconds. A building is behind one address.
        "RESIDENT_LIMITS": {
            "report": {
                "door": ((80, 600), (400, 6 * 3600)),
                "address": ((120, 60), (600, 3600)),
            },
            "photo": {"door": ((240, 600),), "link": ((20, 3600),), "address": ((360, 60),)},
            "wish": {"door": ((10, 600), (40, 24 * 3600)), "address": ((30, 3600),)},
            "follow": {"link": ((20, 600),), "address": ((240, 60),)},
        },
        # What repeats so often in one building within 90 days is gathered into a topic.
        "TOPIC_REPEATS": int(os.environ.get("TOPIC_REPEATS") or 3),
        # Nobody fills in a form in less.
        "DOOR_FORM_SECONDS": 3,
        # Of what an organisation closed in a month, so many of a hundred are looked at again.
        "RECHECK_PERCENT": int(os.environ.get("RECHECK_PERCENT") or 10),
        # Where Celery's broker is, for `flask honglin worker --celery`; none is needed.
        "CELERY_BROKER_URL": os.environ.get("CELERY_BROKER_URL") or None,
        "LOG_LEVEL": os.environ.get("LOG_LEVEL") or "INFO",
        # Tests hold every answer against its published schema; a live server saves the time.
        "CHECK_ANSWERS": False,
    } | ways_out()


def ways_out() -> dict[str, object]:
    """How people are told outside of the app. What is empty is not offered."""
    return {
        # The mail server (SMTP_MODE: ssl, starttls or insecure), and the WeCom application.
        "SMTP_HOST": os.environ.get("SMTP_HOST") or "",
        "SMTP_PORT": int(os.environ.get("SMTP_PORT") or 465),
        "SMTP_MODE": os.environ.get("SMTP_MODE") or "ssl",
        "SMTP_USER": os.environ.get("SMTP_USER") or "",
        "SMTP_PASSWORD": os.environ.get("SMTP_PASSWORD") or "",
        "SMTP_FROM": os.environ.get("SMTP_FROM") or "",
        "WECOM_CORP": os.environ.get("WECOM_CORP") or "",
        "WECOM_SECRET": os.environ.get("WECOM_SECRET") or "",
        "WECOM_AGENT": os.environ.get("WECOM_AGENT") or "",
        # Text messages for emergencies, by an HTTPS gateway: templates with {phone}, {text}, {time}
        # and {sign}. SMS_EXPECTS: what the answer to a message it took contains.
        "SMS_URL": os.environ.get("SMS_URL") or "",
        "SMS_BODY": os.environ.get("SMS_BODY") or '{"phone": "{phone}", "text": "{text}"}',
        "SMS_TYPE": os.environ.get("SMS_TYPE") or "application/json",
        "SMS_HEADERS": os.environ.get("SMS_HEADERS") or "{}",
        "SMS_SECRET": os.environ.get("SMS_SECRET") or "",
        "SMS_EXPECTS": os.environ.get("SMS_EXPECTS") or "",
        "SMS_TEXT": os.environ.get("SMS_TEXT")
        or "【红邻】有一件应急的事等您处理，请打开红邻查看。",
        "SMS_INNER": os.environ.get("SMS_INNER") == "1",
        "SMS_MOST_A_DAY": int(os.environ.get("SMS_MOST_A_DAY") or 100),
        "SMS_MOST_FOR_ONE": int(os.environ.get("SMS_MOST_FOR_ONE") or 6),
        # When an unread emergency, and what is for today, go on to the next step of the ladder.
        "LADDER_OWN_MINUTES": int(os.environ.get("LADDER_OWN_MINUTES") or 2),
        "LADDER_SMS_MINUTES": int(os.environ.get("LADDER_SMS_MINUTES") or 5),
        "LADDER_CALL_MINUTES": int(os.environ.get("LADDER_CALL_MINUTES") or 5),
        "LADDER_TODAY_MINUTES": int(os.environ.get("LADDER_TODAY_MINUTES") or 240),
    }
