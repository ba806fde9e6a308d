"""What a hotline handed over this morning, and that nobody has looked at yet."""

from datetime import timedelta

from sqlalchemy.orm import Session

from app.core import clock
from app.demo.people import Crowd
from app.demo.places import Town
from app.sheets.service import importing

SOURCE = "12345热线"
HEAD = ["工单编号", "诉求类型", "诉求内容", "事发地址", "来电时间", "办理时限"]
# kind, text, where in the first estate ("" for what nobody finds), whether it has a time to keep
CALLS = (
    ("公共照明用电", "楼道灯坏了三天，老人晚上下楼看不清台阶。", "3号楼1单元", True),
    ("", "小区东门的垃圾堆了两天没人清，味道很大。", "东门", False),
    ("停车", "消防通道上总停着一辆白色面包车，挪车电话没人接。", "2号楼旁边", True),
    ("其他", "想问问电梯维修基金什么时候开始用。", "", True),
)


def build(session: Session, town: Town, crowd: Crowd) -> None:
    """The clerk has uploaded the file and gone for a cup of tea."""
    clerk = crowd.actor(session, crowd.people["王干事"])
    estate, today = town.estates[0].name, clock.now().astimezone(clock.LOCAL)
    called, due = today - timedelta(days=1), today + timedelta(days=5)
    rows = [
        [
            f"DEMO{today:%Y%m%d}{number:03}",
            kind,
            text,
            f"{estate}{where}" if where else "东边那个小区",
            f"{called:%Y-%m-%d} {18 + number}:20",
            f"{due:%Y-%m-%d}" if limited else "",
        ]
        for number, (kind, text, where, limited) in enumerate(CALLS, start=1)
    ]
    upload = (f"{today:%m%d}交办.csv", [HEAD, *rows])
    importing.read(session, clerk, town.community.id, SOURCE, upload)
