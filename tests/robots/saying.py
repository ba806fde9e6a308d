"""What the tests of robots share: naming one, reading what a group heard, reports that come in."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.events import publish
from app.core.outbox import OutboxRow
from app.robots.rules import About
from app.robots.service import saying
from tests.auditing import unwatched
from tests.channels.receivers import Hooks
from tests.clients import Client
from tests.factories.notifications import cast as people_of
from tests.factories.notifications import opened
from tests.factories.tickets import Neighbourhood

NOON = datetime(2027, 3, 3, 4, 0, tzinfo=UTC)
NIGHT = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)
MORNING = datetime(2027, 3, 4, 0, 31, tzinfo=UTC)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token="
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/"
ALL = [about.value for about in About]
NAMES = ("王建国", "3栋1单元201", "13912345678", "13800138000")
HOSTILE = '王建国家 3栋1单元201 漏水，电话 13912345678 {0} \n@all <at user_id="all">'


def add(client: Client, organisation_id: Any, url: str = WECOM + "abc-def-1", **more: Any) -> Any:
    said = {
        "organisation_id": str(organisation_id),
        "name": "和园群",
        "url": url,
        "secret": "",
        "wants": ALL,
    }
    return client.post("/robots", said | more)


def said(group: Hooks) -> list[str]:
    found = [body.get("text") or body["content"] for _, body in group.got]
    return [one.get("content") or one["text"] for one in found]


def happens(session: Session, here: Neighbourhood, number: int = 1, **more: Any) -> None:
    """So many tickets are reported here."""
    around = people_of(session)
    around.community = here.community
    for _ in range(number):
        publish(session, opened(around, community_id=here.community.id, **more))
    with unwatched():
        session.commit()


def rows(session: Session) -> list[OutboxRow]:
    session.expire_all()
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == saying.KIND)))
