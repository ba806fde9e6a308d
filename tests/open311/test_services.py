"""What is offered, in both formats."""

import pytest
from flask import Flask

from app.open311.rules.services import offered
from app.tickets.rules.catalogue import NATIONAL
from tests.factories.tickets import Neighbourhood
from tests.open311.asker import Asker, errors, xml_of

FIELDS = [
    "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
]  # fmt: skip


def test_the_list_of_services_has_every_field_of_the_standard(anybody: Asker) -> None:
    listed = anybody.get("/services.json")
    assert listed.status_code == 200
    assert listed.mimetype == "application/json"
    assert [list(each) for each in listed.json] == [FIELDS] * len(offered(NATIONAL))
    lamp = next(each for each in listed.json if each["service_code"] == "facility.power_lighting")
    assert lamp["service_name"] == "公共照明用电"
    assert lamp["metadata"] is True
    assert lamp["type"] == "realtime"


def test_the_list_of_services_is_the_same_in_xml(anybody: Asker) -> None:
    listed = anybody.get("/services.xml")
    assert listed.data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    root = xml_of(listed)
    assert root.tag == "services"
    assert [[child.tag for child in each] for each in root] == [FIELDS] * len(offered(NATIONAL))
    assert {each.findtext("metadata") for each in root} == {"true"}
    assert [each.findtext("service_code") for each in root] == list(offered(NATIONAL))


@pytest.mark.parametrize(
    "code",
    [
        "emergency.lift_entrapment",  # telephone first
        "home.repair",  # inside a home
        "neighbour.mediation",  # between people
        "care.need",
        "property_service.attitude",
    ],
)
def test_what_is_not_for_other_systems_is_not_offered(anybody: Asker, code: str) -> None:
    assert code not in {each["service_code"] for each in anybody.get("/services.json").json}
    assert anybody.get(f"/services/{code}.json").status_code == 404


def test_a_definition_asks_for_the_spot_and_offers_the_places(
    anybody: Asker, here: Neighbourhood
) -> None:
    defined = anybody.get("/services/facility.lift.json").json
    assert defined["service_code"] == "facility.lift"
    spot, place = defined["attributes"]
    assert (spot["code"], spot["datatype"], spot["required"]) == ("spot", "string", False)
    assert (place["code"], place["datatype"]) == ("place", "singlevaluelist")
    assert place["values"] == [
        {"key": str(here.estate.id), "name": "和园一村"},
        {"key": str(here.building.id), "name": "和园一村 3栋"},
    ]


def test_a_definition_in_xml_nests_as_the_standard_has_it(anybody: Asker) -> None:
    root = xml_of(anybody.get("/services/facility.lift.xml"))
    assert root.tag == "service_definition"
    assert [child.tag for child in root] == ["service_code", "attributes"]
    attribute = root.find("attributes/attribute[code='place']")
    assert attribute is not None
    assert [child.tag for child in attribute] == [
        "variable", "code", "datatype", "required", "datatype_description", "order",
        "description", "values",
    ]  # fmt: skip
    assert [child.tag for child in attribute.find("values/value")] == ["key", "name"]


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_an_unknown_service_is_404_in_the_asked_format(anybody: Asker, fmt: str) -> None:
    answer = anybody.get(f"/services/facility.nothing.{fmt}")
    assert answer.status_code == 404
    assert errors(answer) == [(404, "没有这个服务类别。")]


@pytest.mark.parametrize("fmt", ["json", "xml"])
def test_an_unknown_jurisdiction_is_404_in_the_asked_format(anybody: Asker, fmt: str) -> None:
    answer = anybody.get(f"/services.{fmt}", jurisdiction_id="example.org")
    assert answer.status_code == 404
    assert errors(answer) == [(404, "没有这个辖区，或者它没有开放接口。")]


def test_a_jurisdiction_goes_by_the_code_or_the_id_of_its_community(
    anybody: Asker, here: Neighbourhood
) -> None:
    named = anybody.get("/services.json", jurisdiction_id=str(here.community.id))
    assert named.status_code == 200
    assert anybody.get("/services.json", jurisdiction_id=str(here.estate.id)).status_code == 404


@pytest.mark.parametrize("path", ["/services.html", "/services/facility.lift.csv", "/nothing.xml"])
def test_whatever_else_is_asked_is_answered_in_the_standards_words(
    anybody: Asker, path: str
) -> None:
    answer = anybody.get(path)
    assert answer.status_code == 404
    assert errors(answer)[0][0] == 404


def test_a_wrong_method_is_answered_in_the_standards_words(app: Flask) -> None:
    with app.app_context():
        answer = app.test_client().delete("/open311/v2/requests.json")
    assert (answer.status_code, errors(answer)[0][0]) == (405, 405)


def test_discovery_says_where_the_interface_is(anybody: Asker) -> None:
    found = anybody.get("/discovery.json").json
    assert found["endpoints"][0]["url"] == "http://localhost/open311/v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]
    root = xml_of(anybody.get("/discovery.xml"))
    assert root.tag == "discovery"
    assert root.findtext("endpoints/endpoint/specification").endswith("GeoReport_v2")
    assert [each.text for each in root.iterfind("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]
