"""What docs/operate.md tells an operator to type and to set is what there is, and secrets stay out
of the log of the proxy that it shows."""

import re

from flask import Flask

from app.cli import group
from tests.shape.files import ROOT

GUIDE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
SETTING = re.compile(r"""environ\.get\(f?"([A-Z_]+)"\)""")
COMMAND = re.compile(r"flask honglin ([a-z][a-z-]*)((?: --[a-z]+)?)")
LOGGED = re.compile(r"^map \$request_uri \$logged \{\n    ~(\S+) 0;", re.MULTILINE)
# Hung on walls, or of what everybody may read.
NO_SECRET = ("/api/v1/door/", "/d/", "/open311/")
OF_THE_CLIENT = ("/app/join/<token>",)  # a page of the app, whose server is one file for all


def test_every_setting_stands_in_the_guide() -> None:
    read = "".join((ROOT / name).read_text() for name in ("config.py", "gunicorn.conf.py"))
    settings = set(SETTING.findall(read))
    assert len(settings) > 20
    assert not {one for one in settings if f"`{one}`" not in GUIDE}


def test_every_command_of_the_guide_can_be_typed() -> None:
    named = COMMAND.findall(GUIDE)
    assert len(named) > 5
    for name, option in named:
        command = group.commands[name]
        options = {one for param in command.params for one in param.opts}
        assert not option or option.strip() in options


def test_the_proxy_of_the_guide_writes_no_secret_address_down(app: Flask) -> None:
    found = LOGGED.search(GUIDE)
    assert found is not None
    rules = [rule.rule for rule in app.url_map.iter_rules() if "<token>" in rule.rule]
    secret = [rule for rule in rules if not rule.startswith(NO_SECRET)]
    assert len(secret) > 5
    for rule in (*secret, *OF_THE_CLIENT):
        assert re.match(found[1], rule), rule
        start = rule.partition("<token>")[0]
        assert f"`{start}`" in GUIDE, start
    for rule in ("/app/", "/api/v1/tickets", "/api/v1/calendar/addresses", "/api/v1/followers/"):
        assert not re.match(found[1], rule)
