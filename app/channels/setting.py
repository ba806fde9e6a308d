"""What an administrator has set up for people's own channels, from the settings."""

from flask import Flask, current_app

from app.channels.courier import Courier
from app.channels.rules import Servers

MODES = ("ssl", "starttls", "insecure")


def prepare(app: Flask) -> None:
    """Check the settings at start. CHANNELS_ALLOW_PRIVATE (inner addresses) is for tests."""
    app.config.setdefault("CHANNELS_ALLOW_PRIVATE", False)
    app.config.setdefault("CHANNELS_CA_FILE", None)
    if app.config["SMTP_MODE"] not in MODES:
        raise ValueError(f"SMTP_MODE must be one of {', '.join(MODES)}")


def servers() -> Servers:
    """The mail server and the WeCom application of this installation."""
    config = current_app.config
    return Servers(
        smtp_host=config["SMTP_HOST"],
        smtp_port=int(config["SMTP_PORT"]),
        smtp_mode=config["SMTP_MODE"],
        smtp_user=config["SMTP_USER"],
        smtp_password=config["SMTP_PASSWORD"],
        smtp_from=config["SMTP_FROM"],
        wecom_corp=config["WECOM_CORP"],
        wecom_secret=config["WECOM_SECRET"],
        wecom_agent=config["WECOM_AGENT"],
    )


def courier() -> Courier:
    """One that goes out into the open internet only."""
    config = current_app.config
    return Courier(
        allow_private=bool(config["CHANNELS_ALLOW_PRIVATE"]), ca_file=config["CHANNELS_CA_FILE"]
    )
