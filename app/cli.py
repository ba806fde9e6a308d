"""Commands for those who run an installation: `flask --app wsgi honglin …`."""

import logging
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

import config
from app import export
from app.core import clock, openapi, outbox, worker
from app.core.db import database, reading, transaction
from app.core.edge import encode
from app.core.errors import Invalid
from app.core.keys import keys, renew_vapid
from app.core.operation import operations
from app.core.outbox import OutboxRow
from app.identity import first_admin
from app.identity.models import Person
from app.notifications.service import subscriptions
from app.sync import queries, service

if TYPE_CHECKING:
    from alembic.config import Config

group = AppGroup("honglin", help="Set up, fill and run an installation.")


def alembic_config() -> "Config":
    """The migrations of this project, pointed at the database of the current application."""
    from alembic.config import Config  # noqa: PLC0415 - 10 MB that no worker needs

    settings = Config()
    settings.set_main_option("script_location", str(config.ROOT / "migrations"))
    settings.attributes["engine"] = database().engine
    return settings


@group.command("keys")
def make_keys() -> None:
    """Make var/keys.json where it is not there yet (starting the application does it)."""
    click.echo(Path(current_app.config["VAR_DIR"]) / "keys.json")


@group.command("migrate")
def migrate() -> None:
    """Bring the database to the newest version."""
    from alembic import command  # noqa: PLC0415

    command.upgrade(alembic_config(), "head")


@group.command("demo")
@click.option("--size", type=click.Choice(("community", "subdistrict", "district")))
@click.option("--seed", default=20261124, show_default=True)
def demo(size: str | None, seed: int) -> None:
    """Fill an empty database with invented people; a filled one is left alone. Says who they are
    whenever they are there, so that an interrupted first start does not hide them."""
    from app.demo import ACCOUNTS, PASSWORD, build  # noqa: PLC0415 - no worker needs invented data

    with reading() as session:
        filled = session.scalar(select(func.count()).select_from(Person))
        ours = keys().blind(ACCOUNTS[0].phone)
        if filled and not session.scalar(select(Person.id).where(Person.phone_blind == ours)):
            click.echo("the database is not empty: nothing added")
            return
    if not filled:
        with transaction() as session:
            build(session, size=size or "community", seed=seed)
    for account in ACCOUNTS:
        click.echo(f"{account.phone}  {account.name}  {account.what_for}")
    click.echo(f"密码都是 {PASSWORD}")


@group.command("first-admin")
@click.option("--name", prompt="您的姓名")
@click.option("--phone", prompt="手机号")
@click.option("--code", prompt="区的行政区划代码")
@click.option("--district", prompt="区的名称")
@click.password_option(prompt="密码", confirmation_prompt="再输一遍")
@click.option("--another", is_flag=True, help="also where there is an administrator already")
def make_first_admin(
    name: str, phone: str, code: str, district: str, password: str, *, another: bool
) -> None:
    """Make the first administrator, who invites all others. Asks for what is not given."""
    with transaction() as session:
        if first_admin.is_there(session) and not another:
            raise click.ClickException("已经有管理员了。还要一个的话，加上 --another。")
        who = first_admin.Newcomer(name.strip(), phone, password)
        try:
            first_admin.make(session, who, code.strip(), district.strip())
        except Invalid as wrong:
            raise click.ClickException(_sentences(wrong)) from wrong
    click.echo(f"好了。请到 {current_app.config['PUBLIC_URL']}/app/ 用手机号和密码登录。")


def _sentences(wrong: Invalid) -> str:
    """What is to be mended, one line for each field."""
    return "\n".join(sentence for said in wrong.errors.values() for sentence in said)


@group.command("worker")
@click.option("--celery", "hinted", is_flag=True, help="woken through the broker of the settings")
def work(*, hinted: bool) -> None:
    """Deliver what is in the outbox until told to stop."""
    logging.getLogger("app").setLevel(logging.INFO)
    if hinted:
        if not current_app.config["CELERY_BROKER_URL"]:
            raise click.ClickException("CELERY_BROKER_URL does not say where the broker is.")
        sys.exit(import_module("app.core.broker").work())
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    worker.run(stop)


@group.command("restored")
def restored() -> None:
    """Say that the database came back from a backup: phones start anew and offer all again."""
    with reading() as session:
        before = queries.generation(session)
    click.echo(f"generation {service.renew(before)}")


@group.command("push-key-changed")
@click.option("--renew", is_flag=True, help="make another key first")
def push_key_changed(*, renew: bool) -> None:
    """Say that var/keys.json has another key towards push services: no device is reached until its
    owner opens the app. Stop web and workers before, start them afterwards."""
    if renew:
        renew_vapid(Path(current_app.config["VAR_DIR"]) / "keys.json")
    with transaction() as session:
        number = subscriptions.key_changed(session)
    click.echo(f"{number} devices until their owners open the app")


@group.command("backlog")
def backlog() -> None:
    """List what is due and not delivered yet, by kind; nothing when all is well."""
    with reading() as session:
        for kind, state, number, since in outbox.backlog(session):
            late = (clock.now() - since).total_seconds()
            click.echo(f"{kind}  {state}  {number} rows, the oldest {late:.0f} s late")


@group.command("dead-letters")
@click.option("--retry", is_flag=True, help="put them all back into the queue")
def dead_letters(retry: bool) -> None:
    """List what could not be delivered, and why."""
    with transaction() as session:
        rows = session.scalars(
            select(OutboxRow).where(OutboxRow.state == outbox.State.DEAD).order_by(OutboxRow.due_at)
        ).all()
        for row in rows:
            click.echo(f"{row.id}  {row.kind}  {row.attempts} tries  {row.last_error}")
            if retry:
                row.state, row.attempts, row.lost = outbox.State.WAITING, 0, 0


@group.command("openapi")
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def write_openapi(target: Path) -> None:
    """Write the OpenAPI document to a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(encode(openapi.document(operations())))


@group.command("export-client")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
def export_client(folder: Path | None) -> None:
    """Write what the PWA generates from the server: names of things and the table of moves."""
    target = folder or config.ROOT / "static" / "pwa" / "src" / "generated"
    target.mkdir(parents=True, exist_ok=True)
    (target / "domain.ts").write_text(export.domain_ts(), encoding="utf-8")


def register(app: Flask) -> None:
    """Put the commands on the application."""
    app.cli.add_command(group)
