"""What an installation has set of the ladder and of text messages, from its settings."""

import json
from datetime import timedelta

from flask import Flask, current_app

from app.core.outgoing import Policy, policy_here
from app.notifications.rules.ladder import Times
from app.notifications.rules.sms import Gateway


def prepare(app: Flask) -> None:
    """Refuse at start what could not work. SMS_CA_FILE is for tests."""
    app.config.setdefault("SMS_CA_FILE", None)
    url = str(app.config["SMS_URL"])
    if url and not url.startswith("https://"):
        raise ValueError("SMS_URL must begin with https://")
    json.loads(app.config["SMS_HEADERS"])


def times() -> Times:
    """How long each step of the ladder waits."""
    own, sms, call, today = (
        timedelta(minutes=int(current_app.config[f"LADDER_{name}_MINUTES"]))
        for name in ("OWN", "SMS", "CALL", "TODAY")
    )
    return Times(own, sms, call, today)


def gateway() -> Gateway | None:
    """Where text messages go; None where that is not set up."""
    config = current_app.config
    if not config["SMS_URL"]:
        return None
    return Gateway(
        url=config["SMS_URL"],
        body=config["SMS_BODY"],
        content_type=config["SMS_TYPE"],
        headers=json.loads(config["SMS_HEADERS"]),
        secret=config["SMS_SECRET"],
        text=config["SMS_TEXT"],
        expects=config["SMS_EXPECTS"],
        most_a_day=int(config["SMS_MOST_A_DAY"]),
        most_for_one=int(config["SMS_MOST_FOR_ONE"]),
    )


def sms_policy() -> Policy:
    """The gateway may be an inner one only where the operator says so (SMS_INNER)."""
    inner = bool(current_app.config["SMS_INNER"]) or policy_here().allow_private
    return Policy(allow_private=inner, ca_file=current_app.config["SMS_CA_FILE"])
