"""While somebody types a report, the phone says what it seems to be about; they decide."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.demo import demo_server
from tests.e2e.phone import settle, shot, signed_in

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def volunteer(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A volunteer's phone in the demo community."""
    var = tmp_path_factory.mktemp("suggesting")
    server = demo_server(var)
    server.start()
    yield signed_in(browser, f"http://127.0.0.1:{server.port}", "陈师傅")
    server.stop()


def form(volunteer: Page) -> Locator:
    """An empty report, and the words in it."""
    volunteer.goto("/app/tickets/new")
    settle(volunteer)
    words = volunteer.get_by_label("什么事？")
    words.fill("")
    return words


def likely(volunteer: Page) -> Locator:
    return volunteer.get_by_role("region", name="像是")


def test_a_suggestion_is_there_to_tap_and_chooses_nothing_by_itself(volunteer: Page) -> None:
    words = form(volunteer)
    words.fill("三楼楼道灯不亮")
    chip = likely(volunteer).get_by_role("button", name="公共照明用电")
    expect(chip).to_be_visible()
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(
        volunteer.get_by_text("提到了“楼道”“灯”，一般由物业牵头。猜得不对，就在下面选。")
    ).to_be_visible()
    shot(volunteer, "suggested")
    chip.click()
    kind = volunteer.get_by_role("region", name="具体是")
    expect(kind.get_by_role("button", name="公共照明用电")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_who_chose_by_themselves_is_not_asked_again(volunteer: Page) -> None:
    words = form(volunteer)
    volunteer.get_by_role("button", name="小区秩序").click()
    volunteer.get_by_role("button", name="噪声").click()
    with volunteer.expect_response("**/tickets/suggest"):
        words.fill("三楼楼道灯不亮，开关还吱吱响")
    settle(volunteer)
    expect(likely(volunteer)).to_have_count(0)


def test_who_is_in_danger_sees_whom_to_telephone_also_without_a_network(volunteer: Page) -> None:
    words = form(volunteer)
    volunteer.context.set_offline(True)
    words.fill("电梯停在六楼，里面有人喊")
    expect(likely(volunteer).get_by_role("button", name="电梯困人")).to_be_visible()
    phones = volunteer.get_by_role("region", name="紧急电话").last
    expect(phones.get_by_role("link").first).to_have_attribute("href", "tel:96333")
    shot(volunteer, "danger")
    likely(volunteer).get_by_role("button", name="电梯困人").click()
    expect(volunteer.get_by_role("button", name="应急", exact=False).first).to_be_visible()
    volunteer.context.set_offline(False)
