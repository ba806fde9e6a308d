"""Who is told of what happens to rounds, visits, patrols and wishes: one table, as for tickets.

The words never name a household or a person, and never press: a volunteer is asked, and one who
cannot come has given an answer like any other.
"""

from enum import StrEnum

from app.notifications.rules.telling import Kind, Pressing, Seat, Tell

TODO, NEWS, CARE = Kind.VISIT_TODO, Kind.VISIT_NEWS, Kind.CARE_TODO
DIGEST, TODAY = Pressing.DIGEST, Pressing.TODAY
DISPUTE, STRAY = Kind.VISIT_DISPUTE, Kind.VISIT_STRAY
VISITOR, PARTNER, COMMITTEE = Seat.VISITOR, Seat.PARTNER, Seat.COMMITTEE
LEADER, SENDER, HEAD = Seat.TEAM_LEADER, Seat.SENDER, Seat.BUILDING_HEAD
NOBODY_OPENED = "有一户没人应门，请今天想办法看看"


class Fact(StrEnum):
    """What somebody is told about rounds, visits, patrols, and wishes left at doors."""

    ASKED = "asked"
    HOUSEHOLDS_WITHOUT_PERSON = "households_without_person"
    ROUND_CANCELLED = "round_cancelled"
    VISIT_CANCELLED = "visit_cancelled"
    TURNED_DOWN = "turned_down"
    GOING_TOGETHER = "going_together"
    GO_AGAIN = "go_again"
    WANTS_CALL = "wants_call"
    WELLNESS_CHECK = "wellness_check"
    NOBODY_ANSWERS = "nobody_answers"
    DISPUTED = "disputed"
    PICKED = "picked"
    SET_RIGHT = "set_right"
    STRAY_HANDED_IN = "stray_handed_in"
    STRAY_ENTERED = "stray_entered"
    STRAY_DROPPED = "stray_dropped"
    DOORS_HANDED = "doors_handed"
    VISITS_HANDED = "visits_handed"
    ONE_ASKED = "one_asked"
    MONTH_ASKED = "month_asked"
    MONTH_WITHDRAWN = "month_withdrawn"
    PATROLS_ASKED = "patrols_asked"
    PATROL_CANCELLED = "patrol_cancelled"
    WISHED_VISIT = "wished_visit"
    WISHED_NONE = "wished_none"


TABLE: dict[Fact, tuple[Tell, ...]] = {
    Fact.ASKED: (Tell(VISITOR, TODO, "有几户想请您去看看，方便吗？", TODAY),),
    Fact.HOUSEHOLDS_WITHOUT_PERSON: (
        Tell(COMMITTEE, TODO, "新一轮走访里，有住户还没有人负责", TODAY),
    ),
    Fact.ROUND_CANCELLED: (Tell(VISITOR, NEWS, "有一轮走访取消了，不用去了", TODAY),),
    Fact.VISIT_CANCELLED: (
        Tell(VISITOR, NEWS, "有一户走访取消了，不用去了", TODAY),
        Tell(PARTNER, NEWS, "有一户走访取消了，不用去了", TODAY),
    ),
    Fact.TURNED_DOWN: (Tell(COMMITTEE, NEWS, "这一轮有走访要另外请人"),),
    Fact.GOING_TOGETHER: (Tell(PARTNER, NEWS, "有一户请您一起去", TODAY),),
    Fact.GO_AGAIN: (Tell(VISITOR, TODO, "有一户想请您再去一次", DIGEST),),
    Fact.WANTS_CALL: (Tell(COMMITTEE, TODO, "有一户想请社区打个电话", TODAY),),
    # Pressing as an emergency is, but no reason to wake anybody.
    Fact.WELLNESS_CHECK: tuple(
        Tell(seat, CARE, NOBODY_OPENED, Pressing.EMERGENCY) for seat in (HEAD, LEADER, COMMITTEE)
    ),
    # Whether the property company is asked to keep an eye on the door, the committee decides.
    Fact.NOBODY_ANSWERS: (
        Tell(HEAD, CARE, "有一户几次都没人应，路过时请留意一下", TODAY),
        Tell(COMMITTEE, CARE, "有一户几次都没人应，要不要请物业帮忙？", TODAY),
    ),
    # The leader is rung; the committee finds it in its inbox, for where there is no leader.
    Fact.DISPUTED: (
        Tell(LEADER, DISPUTE, "有一户走访，两个人记得不一样，请看看", TODAY),
        Tell(COMMITTEE, DISPUTE, "有一户走访，两个人记得不一样，请看看"),
    ),
    Fact.PICKED: (Tell(VISITOR, NEWS, "两个人记得不一样的那一户，已经核对好了"),),
    Fact.SET_RIGHT: (Tell(SENDER, NEWS, "您记的一户走访，核对后改了一下"),),
    Fact.STRAY_HANDED_IN: (
        Tell(LEADER, STRAY, "有一条走访记录没能收下，请看看要不要补记", TODAY),
        Tell(COMMITTEE, STRAY, "有一条走访记录没能收下，请看看要不要补记"),
    ),
    Fact.STRAY_ENTERED: (Tell(SENDER, NEWS, "您交上来的走访记录，已经补记好了", DIGEST),),
    Fact.STRAY_DROPPED: (Tell(SENDER, NEWS, "您交上来的走访记录没有补记，请看看原因", DIGEST),),
    Fact.DOORS_HANDED: (Tell(VISITOR, NEWS, "有几户请您接着照看", TODAY),),
    Fact.VISITS_HANDED: (Tell(VISITOR, TODO, "有几户想请您去看看，方便吗？", TODAY),),
    Fact.ONE_ASKED: (Tell(VISITOR, TODO, "有一户想请您去看看，方便吗？", TODAY),),
    Fact.MONTH_ASKED: (Tell(VISITOR, TODO, "有几户想请您去看看，方便吗？", TODAY),),
    Fact.MONTH_WITHDRAWN: (Tell(VISITOR, NEWS, "有几户改由别人去，您不用去了"),),
    Fact.PATROLS_ASKED: (Tell(VISITOR, TODO, "有几次巡查想请您去，方便吗？", TODAY),),
    Fact.PATROL_CANCELLED: (Tell(VISITOR, NEWS, "有一次巡查取消了，不用去了", TODAY),),
    Fact.WISHED_VISIT: (
        Tell(VISITOR, CARE, "有人在门口留话：请来看看我", TODAY),
        Tell(COMMITTEE, CARE, "有人在门口留话：请来看看我", TODAY),
    ),
    Fact.WISHED_NONE: (
        Tell(VISITOR, TODO, "有人在门口留话：请不要上门，请核实", DIGEST),
        Tell(COMMITTEE, TODO, "有人在门口留话：请不要上门，请核实", DIGEST),
    ),
}
