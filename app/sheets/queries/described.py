"""A filter in words, for the sheet that says what a file holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.identity.queries import organisations_named
from app.identity.rules import PARTY_NAMES
from app.places.queries import place_texts
from app.tickets.rules import GROUP_NAMES, QUEUES_BY_KEY, STATUS_NAMES, TicketStatus
from app.tickets.rules.catalogue import Catalogue

PLACES = {"community_id": "社区", "estate_id": "小区", "building_id": "楼栋"}
FLAGS = {
    "mine": "只看我报的",
    "emergency": "应急",
    "supervised": "挂牌督办",
    "overdue": "超时",
    "photos": "有照片",
    "doors": "住户扫码报的",
}
ORDERS = {"moved": "按更新时间", "due": "按时限", "created": "按报事时间"}
NOTHING = [("筛选", "没有筛选，能看到的全部工单")]


def in_words(session: Session, held: Catalogue, query: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was asked for, a heading and its value for each; categories as they are called here."""
    found: list[tuple[str, str]] = []
    if query.get("queue"):
        found.append(("栏目", QUEUES_BY_KEY[query["queue"]].name))
    if query.get("q"):
        found.append(("搜索", query["q"]))
    found += _lists(held, query)
    found += _names(session, query)
    if query.get("lead_party"):
        found.append(("主办方", PARTY_NAMES[query["lead_party"]]))
    found += [("只看", name) for key, name in FLAGS.items() if query.get(key)]
    found += _days(query)
    found = found or list(NOTHING)
    return [*found, ("顺序", ORDERS[query.get("sort") or "moved"])]


def _lists(held: Catalogue, query: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    if query.get("status"):
        names = [STATUS_NAMES[TicketStatus(one)] for one in query["status"].split(",")]
        found.append(("状态", "、".join(names)))
    if query.get("category"):
        codes = query["category"].split(",")
        names = [held.name(one) if one in held else GROUP_NAMES.get(one, one) for one in codes]
        found.append(("类别", "、".join(names)))
    return found


def _names(session: Session, query: Mapping[str, Any]) -> list[tuple[str, str]]:
    asked = {title: query[key] for key, title in PLACES.items() if query.get(key)}
    texts = place_texts(session, asked.values()) if asked else {}
    found = [(title, texts.get(one, "")) for title, one in asked.items()]
    lead: UUID | None = query.get("lead_org_id")
    if lead:
        named = organisations_named(session, [lead])
        found.append(("主办单位", named[lead].name if lead in named else ""))
    return found


def _days(query: Mapping[str, Any]) -> list[tuple[str, str]]:
    since: date | None = query.get("created_from")
    until: date | None = query.get("created_to")
    if not since and not until:
        return []
    words = f"{since or '最早'} 到 {until or '今天'}"
    return [("报事日期", words)]
