"""What may be named as a channel, and what answers mean."""

import warnings

import apprise
import pytest

from app.channels.rules import (
    SCHEMES,
    Fault,
    Kind,
    Servers,
    Verdict,
    cleaned,
    masked,
    route,
    verdict,
)


@pytest.fixture(scope="module", autouse=True)
def _plugins() -> None:
    """Read once; some of the libraries that they use are older than Python likes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        apprise.Apprise.instantiate("jsons://localhost")


SERVERS = Servers(
    smtp_host="smtp.example.test",
    smtp_from="honglin@example.test",
    smtp_user="u@example.test",
    smtp_password="p:/@?&=1",
    wecom_corp="ww1",
    wecom_secret="se/cret",
    wecom_agent="1000002",
)
GOOD = {
    "wecombot://693a91f6-7xxx-4bc4": "wecombot",
    "dingtalk://SECabc123@token123": "dingtalk",
    "feishu://aaaa-bbbb": "feishu",
    "lark://aaaa-bbbb": "lark",
    "schan://SCT123456": "schan",
    "pushplus://0123456789abcdef0123456789abcdef": "pushplus",
    "tgram://123456789:abcdefghijklmnopqrstuvwxyz123456789/12345": "tgram",
    "jsons://hook.example.cn/a/b": "jsons",
}


def test_every_kind_of_address_for_those_who_know_is_one_that_apprise_takes() -> None:
    assert set(GOOD.values()) == set(SCHEMES)
    for url, scheme in GOOD.items():
        assert cleaned(Kind.OTHER, url) == url
        assert apprise.Apprise.instantiate(url).schema == scheme


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def-1", "wecombot://abc-def-1"),
        ("https://oapi.dingtalk.com/robot/send?access_token=abcdef1", "dingtalk://abcdef1"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/abc-def-1", "feishu://abc-def-1"),
        (" https://hook.example.cn/x ", "jsons://hook.example.cn/x"),
    ],
)
def test_a_web_address_as_one_copies_it_is_understood(pasted: str, kept: str) -> None:
    assert cleaned(Kind.OTHER, pasted) == kept


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "json://hook.example.cn/x",
        "http://hook.example.cn/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://localhost/x",
        "https://user:pw@hook.example.cn/x",
        "https://hook.example.cn/x?verify=no",
        "jsons://hook.example.cn/x?+Host=inner",
        "wecombot://abc-def?redirect=yes",
        "mailto://u:p@example.cn",
        "wechat://corp:secret@1/@all",
        "syslog://localhost",
        "jsons://hook.example.cn/" + "a" * 400,
        "https://例子.cn/x",
        "dbus://",
        "windows://",
        "",
    ],
)
def test_nothing_else_gets_in(text: str) -> None:
    with pytest.raises(Fault):
        cleaned(Kind.OTHER, text)


@pytest.mark.parametrize(
    "text", ["a@b", "a b@c.cn", "@c.cn", "a@c.cn,b@c.cn", "a@c.cn\nBcc: x@y.cn"]
)
def test_a_mail_address_is_one_address(text: str) -> None:
    with pytest.raises(Fault):
        cleaned(Kind.MAIL, text)


@pytest.mark.parametrize("text", ["all", "@all", "ALL", "a|b", "#1", "+2", "张三", ""])
def test_nobody_writes_to_a_whole_company_by_wecom(text: str) -> None:
    with pytest.raises(Fault):
        cleaned(Kind.WECOM, text)


def test_what_screens_show_does_not_give_an_address_away() -> None:
    assert masked(Kind.MAIL, "zhangsan@qq.com") == "z***@qq.com"
    assert masked(Kind.WECOM, "zhangsan") == "zh***"
    assert masked(Kind.OTHER, "wecombot://abcdef123456") == "企业微信机器人 ***3456"
    assert masked(Kind.OTHER, "jsons://hook.example.cn/secret") == "网址 hook.example.cn/***"


def test_a_mail_goes_through_the_server_of_the_installation() -> None:
    way = route(Kind.MAIL, "a@b.cn", SERVERS)
    assert way is not None
    plugin = apprise.Apprise.instantiate(way.url)
    assert plugin.smtp_host == "smtp.example.test"
    assert plugin.port == 465
    assert plugin.password == "p:/@?&=1"
    assert [to for _, to in plugin.targets] == ["a@b.cn"]
    assert plugin.from_addr[1] == "honglin@example.test"


def test_wecom_writes_to_one_user_by_the_application_of_the_installation() -> None:
    way = route(Kind.WECOM, "zhangsan", SERVERS)
    assert way is not None
    plugin = apprise.Apprise.instantiate(way.url)
    assert (plugin.corpid, plugin.corpsecret, plugin.agentid) == ("ww1", "se/cret", "1000002")
    assert (plugin.users, plugin.departments, plugin.tag_ids) == (["zhangsan"], [], [])


def test_what_is_not_set_up_has_no_way_out() -> None:
    assert Servers().offered() == (Kind.OTHER,)
    assert route(Kind.MAIL, "a@b.cn", Servers()) is None


@pytest.mark.parametrize(
    ("url", "heard", "expected"),
    [
        ("jsons://h/x", {"ok": True, "status": 200}, Verdict.TAKEN),
        ("jsons://h/x", {"ok": False, "status": 302}, Verdict.NEVER),
        ("jsons://h/x", {"ok": False, "status": 404}, Verdict.NEVER),
        ("jsons://h/x", {"ok": False, "status": 429}, Verdict.LATER),
        ("jsons://h/x", {"ok": False, "status": 503}, Verdict.LATER),
        ("jsons://h/x", {"ok": False, "inside": True}, Verdict.NEVER),
        ("jsons://h/x", {"ok": False}, Verdict.LATER),
        ("wecombot://k", {"ok": True, "status": 200, "answer": {"errcode": 93000}}, Verdict.NEVER),
        ("wecombot://k", {"ok": True, "status": 200, "answer": {"errcode": 45009}}, Verdict.LATER),
        ("wecombot://k", {"ok": True, "status": 200, "answer": {"errcode": 0}}, Verdict.TAKEN),
        ("feishu://k", {"ok": False, "status": 200, "answer": {"code": 19001}}, Verdict.NEVER),
        ("wechat://k", {"ok": False, "status": 200, "answer": {"errcode": 40001}}, Verdict.LATER),
        ("wechat://k", {"ok": False, "status": 200, "answer": {"errcode": 81013}}, Verdict.NEVER),
        ("mailtos://k", {"ok": False, "smtp": 550, "recipient": True}, Verdict.NEVER),
        ("mailtos://k", {"ok": False, "smtp": 451, "recipient": True}, Verdict.LATER),
        ("mailtos://k", {"ok": False, "smtp": 535, "recipient": False}, Verdict.LATER),
    ],
)
def test_what_an_answer_means(url: str, heard: dict[str, object], expected: Verdict) -> None:
    assert verdict(url, heard)[0] is expected
