"""The refusals of this area. Who holds a wrong token hears what everybody hears of nothing: 404."""

from app.core.errors import Refusal


class FormNeeded(Refusal):
    status, code = 403, "door_form_needed"
    title = "请从门口的码进来再填。"


class FormExpired(Refusal):
    status, code = 403, "door_form_expired"
    title = "这一页放得太久了，请再交一次。"


class FormUsed(Refusal):
    status, code = 409, "door_form_used"
    title = "这张表已经交过了。要报另一件，请重新打开。"


class FormTooFast(Refusal):
    status, code = 429, "door_form_too_fast"
    title = "请看一遍再交。"


class DoorBusy(Refusal):
    """`retry_after` in seconds, and the numbers that can be rung meanwhile."""

    status, code = 429, "door_busy"
    title = "刚才报的人太多了，请过一会儿再试。"


class OnlyFollowing(Refusal):
    status, code = 403, "door_only_following"
    title = "这件事已经有人先报了，由先报的人来答复。您可以在这里看办得怎么样。"


class NoContact(Refusal):
    status, code = 409, "resident_left_no_phone"
    title = "没有留电话，或者已经删掉了。"


class WishSettled(Refusal):
    status, code = 409, "door_wish_settled"
    title = "这一条已经有人核实过了，请刷新后再看。"


class PlaceHasNoDoor(Refusal):
    status, code = 422, "door_place_wrong"
    title = "门口的码发给楼栋或单元，请重新选。"
