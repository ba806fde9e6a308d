"""The routes of rates: the figures, the tickets behind each, and both as a file."""

from flask import Response

from app.core.http import Area, Call, list_of
from app.identity.guards import SIGNED_IN
from app.reports import present, schemas, sheets

area = Area("reports", url_prefix="/reports", title="三率")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@area.get(
    "/rates",
    guard=SIGNED_IN,
    query=schemas.RatesQuery,
    answer=schemas.RatesSchema,
    summary="The three rates of organisations, month by month",
)
def get_rates(call: Call) -> object:
    return present.rates(call.session, call.actor, call.query)


@area.get(
    "/rates/tickets",
    guard=SIGNED_IN,
    query=schemas.RatedTicketsQuery,
    answer=list_of(schemas.RatedTicketSchema),
    summary="The tickets that a figure is made of",
)
def list_rated_tickets(call: Call) -> object:
    return present.tickets(call.session, call.actor, call.query)


@area.get(
    "/rates.xlsx", guard=SIGNED_IN, query=schemas.RatesQuery, summary="The rates as a spreadsheet"
)
def get_rates_xlsx(call: Call) -> object:
    rates, excluded = present.with_excluded(call.session, call.actor, call.query)
    return _file(sheets.as_xlsx(rates, excluded), XLSX, "xlsx")


@area.get("/rates.csv", guard=SIGNED_IN, query=schemas.RatesQuery, summary="The rates as text")
def get_rates_csv(call: Call) -> object:
    rates, excluded = present.with_excluded(call.session, call.actor, call.query)
    return _file(sheets.as_csv(rates, excluded), CSV, "csv")


def _file(content: bytes, kind: str, ending: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="rates.{ending}"'
    return response
