"""The routes of coverage: a month by place and care level, the same as a file, one's own."""

from app.core.http import Area, Call
from app.identity.guards import SIGNED_IN
from app.reports import present_coverage as present
from app.reports import schemas_coverage as schemas

area = Area("coverage", url_prefix="/reports/coverage", title="走访覆盖")


@area.get(
    "",
    guard=SIGNED_IN,
    query=schemas.CoverageQuery,
    answer=schemas.CoverageSchema,
    summary="What was owed in a month and what came of it, by place and care level",
)
def get_coverage(call: Call) -> object:
    return present.coverage(call.session, call.actor, call.query)


@area.get(
    "/mine",
    guard=SIGNED_IN,
    answer=schemas.MyCoverageSchema,
    summary="My own month: what was owed to the doors that I look after",
)
def get_my_coverage(call: Call) -> object:
    return present.mine(call.session, call.actor)


@area.post(
    "/files",
    guard=SIGNED_IN,
    body=schemas.CoverageFileSchema,
    answer=schemas.CoverageFileAnswerSchema,
    summary="Some months as a spreadsheet; that it was taken is on record",
)
def post_coverage_file(call: Call) -> object:
    return present.file(call.session, call.actor, call.body)
