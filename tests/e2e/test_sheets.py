"""A clerk filters the board and has it as a file; takes in what the hotline handed over, and hands
the result back; gives another system a key and tells one how matters go."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, expect

from tests.e2e.demo import demo_server, worker_beside
from tests.e2e.phone import PHONE, press, settle, shot, signed_in, wait_until
from tests.server import ROOT, Server
from tests.sheets.reading import column, formulas, sheets

pytestmark = pytest.mark.e2e

HOTLINE = """某区12345热线交办单,,,,,,,
工单编号,来电人,联系电话,诉求类型,诉求内容,事发地址,来电时间,办理时限
QX001,王女士,13900000000,公共照明用电,楼道灯坏了三天。,{estate}3号楼1单元,2026-11-23,2026-11-30
QX002,李先生,13900000000,停车,消防通道上停着一辆面包车。,{estate}东门,2026/11/23 20:05,
QX003,赵先生,13900000000,其他,请问物业费按什么标准收的，想看公示。,月亮湾99号,2026-11-23 21:40,下周
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the demo community with a worker beside it."""
    var = tmp_path_factory.mktemp("sheets")
    server = demo_server(var)
    server.start()
    with worker_beside(server):
        yield server
    server.stop()


@pytest.fixture(scope="module")
def clerk(browser: Browser, server: Server) -> Page:
    """The committee's clerk."""
    return signed_in(browser, f"http://127.0.0.1:{server.port}", "王干事")


def dead_letters(server: Server) -> str:
    """What the worker gave up, and what it stumbled over."""
    command = [sys.executable, "-m", "flask", "honglin", "dead-letters"]
    asked = subprocess.run(
        command, cwd=ROOT, env=server.environment, check=True, capture_output=True, text=True
    )
    return asked.stdout


def fetched(page: Page, name: str) -> bytes:
    """The file behind a link."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).first.click()
    arrived: Download = waiting.value
    return Path(arrived.path()).read_bytes()


def get(page: Page, path: str) -> dict[str, list[dict[str, str]]]:
    """What the server answers this person."""
    found: dict[str, list[dict[str, str]]] = page.request.get(f"/api/v1{path}").json()
    return found


def test_what_is_filtered_becomes_a_file_that_holds_just_that(clerk: Page, server: Server) -> None:
    clerk.goto("/app/office/board/all?category=facility&sort=created")
    settle(clerk)
    clerk.get_by_role("main").get_by_role("link", name="导出").click()
    expect(clerk.get_by_text("「全部工单」里筛选出来的，全部导出")).to_be_visible()
    press(clerk, "导出成表格")
    over = clerk.get_by_role("link", name="下载").or_(clerk.get_by_text("出了点问题"))
    expect(over).to_be_visible()
    why = [one["why"] for one in get(clerk, "/tickets/exports")["items"]]
    assert why == [None], dead_letters(server)
    clerk.reload()
    expect(clerk.get_by_role("link", name="下载")).to_be_visible()
    shot(clerk, "exported")
    content = fetched(clerk, "下载")
    listed = get(clerk, "/tickets?category=facility&sort=created&limit=200")["items"]
    assert listed
    assert column(content, "单号") == [one["number"] for one in listed]
    assert formulas(content) == []
    about = {str(row[0]): row[1] for row in sheets(content)["说明"]}
    assert (about["导出人"], about["类别"], about["件数"]) == ("王干事", "公共设施", len(listed))
    press(clerk, "删掉")
    expect(clerk.get_by_text("还没有导出过")).to_be_visible()


def test_a_hotlines_file_is_looked_at_mended_taken_in_and_answered(clerk: Page) -> None:
    clerk.goto("/app/office/hand-overs")
    settle(clerk)
    [community, *_] = get(clerk, "/places/communities")["items"]
    tree = get(clerk, f"/places/tree?community_id={community['id']}")
    estate = tree["children"][0]["name"]
    raw = HOTLINE.format(estate=estate).encode("gb18030")
    file = {"name": "1124.csv", "mimeType": "text/csv", "buffer": raw}
    clerk.locator("input[type=file]").set_input_files([file])
    press(clerk, "看看会变成什么")
    expect(clerk.get_by_text("能导入 2 条、有问题 1 条")).to_be_visible()
    expect(clerk.get_by_text("地址：对不上本社区的小区和楼栋，请选一个地点")).to_be_visible()
    shot(clerk, "hand-over")
    clerk.get_by_role("button", name="改第 5 行").click()
    clerk.get_by_role("dialog").get_by_label("小区").select_option(label=estate)
    press(clerk, "就这样改")
    expect(clerk.get_by_text("能导入 3 条")).to_be_visible()
    clerk.get_by_role("button", name="能导入 3").click()
    clerk.get_by_label("导入第 4 行").uncheck()
    press(clerk, "导入选好的 2 条")
    expect(clerk.get_by_text("已接收 2 条、没导入 1 条")).to_be_visible()
    rows = list(csv.reader(io.StringIO(fetched(clerk, "接收结果（.csv）").decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [
        ["QX001", "0", "已接收"],
        ["QX002", "3", "未导入"],
        ["QX003", "0", "已接收"],
    ]
    taken = get(clerk, f"/tickets?q={rows[1][3]}")["items"]
    assert [one["title"] for one in taken] == ["楼道灯坏了三天"]
    press(clerk, "再导一份")
    ended = sheets(fetched(clerk, "回单（.xlsx）"))["结果"]
    assert {row[0]: row[2] for row in ended[1:]} == {"QX001": "待受理", "QX003": "待受理"}


def test_the_same_file_again_brings_nothing_twice(clerk: Page) -> None:
    clerk.goto("/app/office/hand-overs")
    settle(clerk)
    clerk.get_by_role("button", name="1124.csv").first.click()
    expect(clerk.get_by_text("已接收 2 条、没导入 1 条")).to_be_visible()
    press(clerk, "再导一份")
    raw = HOTLINE.format(estate="和园").encode("gb18030")
    file = {"name": "1124.csv", "mimeType": "text/csv", "buffer": raw}
    clerk.locator("input[type=file]").set_input_files([file])
    press(clerk, "看看会变成什么")
    expect(clerk.get_by_role("button", name="重复 2")).to_be_visible()
    press(clerk, "不要这份了")
    clerk.get_by_role("dialog").get_by_role("button", name="不要了").click()
    expect(clerk.get_by_role("button", name="看看会变成什么")).to_be_visible()


def test_another_system_gets_a_key_once_and_loses_it(clerk: Page) -> None:
    clerk.goto("/app/office/systems")
    settle(clerk)
    clerk.get_by_role("button", name="给一个系统密钥").first.click()
    clerk.get_by_label("是哪个系统").fill("城管巡查系统")
    press(clerk, "做一个密钥")
    key = clerk.locator(".secret").inner_text()
    assert len(key) >= 30
    press(clerk, "我记下了")
    expect(clerk.get_by_text("还没用过")).to_be_visible()
    assert key not in clerk.content()
    press(clerk, "作废")
    clerk.get_by_role("dialog").get_by_role("button", name="作废").click()
    expect(clerk.get_by_role("cell", name="作废了")).to_be_visible()


def test_a_system_is_told_tried_paused_and_resumed(clerk: Page) -> None:
    clerk.goto("/app/office/systems?tab=told")
    settle(clerk)
    clerk.get_by_role("button", name="加一个系统").first.click()
    clerk.get_by_label("是哪个系统").fill("街道指挥中心")
    clerk.get_by_label("对方给的网址").fill("https://hook.invalid/in")
    press(clerk, "加上")
    press(clerk, "我记下了")
    press(clerk, "街道指挥中心")
    press(clerk, "试发一条")
    pane = clerk.get_by_label("详情")

    def has_ended() -> bool:
        """The page looks once by itself; the worker may be later."""
        press(clerk, "再看一眼")
        settle(clerk)
        return pane.get_by_text("连不上对方").first.is_visible()

    wait_until(clerk, has_ended)
    shot(clerk, "systems")
    press(clerk, "先停发")
    expect(pane.get_by_text("起停发")).to_be_visible()
    press(clerk, "接着发")
    expect(pane.get_by_role("button", name="试发一条")).to_be_visible()


@pytest.mark.parametrize("page", ["exports", "hand-overs", "systems", "systems?tab=told"])
def test_every_page_fits_a_phone(clerk: Page, page: str) -> None:
    before = clerk.viewport_size
    clerk.set_viewport_size(PHONE)
    clerk.goto(f"/app/office/{page}")
    settle(clerk)
    wider = clerk.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0
    if before:
        clerk.set_viewport_size(before)
