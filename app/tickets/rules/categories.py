"""What a ticket can be about, and who leads it: the national table. What a district changes in it
is in `catalogue.py`; times are in `times.py`."""

from dataclasses import dataclass

from app.identity.rules import Party

COMMUNITY, PROPERTY = Party.COMMUNITY_PARTY, Party.PROPERTY
OWNERS, VOLUNTEERS, SOCIAL = Party.OWNERS_COMMITTEE, Party.VOLUNTEER_TEAM, Party.SOCIAL_ORG


@dataclass(frozen=True, slots=True)
class Phone:
    """Whom to telephone before writing anything."""

    name: str
    number: str


FIRE = Phone("火警", "119")
POLICE = Phone("报警", "110")
AMBULANCE = Phone("急救", "120")
LIFT_RESCUE = Phone("电梯困人救援", "96333")

GROUP_NAMES: dict[str, str] = {
    "emergency": "应急",
    "facility": "公共设施",
    "home": "入户维修",
    "environment": "环境卫生",
    "order": "小区秩序",
    "violation": "违规行为",
    "property_service": "物业服务",
    "owners": "业主事务",
    "neighbour": "邻里关系",
    "care": "关爱帮扶",
    "volunteer": "志愿服务",
    "inquiry": "咨询",
    "suggestion": "建议",
}


@dataclass(frozen=True, slots=True)
class Category:
    """One line of the table. `also` are parties that usually help, offered when dispatching."""

    code: str
    name: str
    lead: Party
    also: tuple[Party, ...] = ()
    phones: tuple[Phone, ...] = ()

    @property
    def group(self) -> str:
        return self.code.partition(".")[0]

    @property
    def emergency(self) -> bool:
        return is_emergency(self.code)

    @property
    def about_the_company(self) -> bool:
        """A complaint about the property company, which need not learn who made it."""
        return about_the_company(self.code)


_TABLE = (
    Category("emergency.lift_entrapment", "电梯困人", PROPERTY, phones=(LIFT_RESCUE, FIRE)),
    Category("emergency.gas_fire", "燃气泄漏、起火", PROPERTY, phones=(FIRE, AMBULANCE)),
    Category("emergency.burst_flood", "爆管、漏水淹水", PROPERTY, phones=(FIRE,)),
    Category("emergency.falling_hazard", "高空坠物", PROPERTY, phones=(POLICE, AMBULANCE)),
    Category(
        "emergency.person_safety",
        "人身安全",
        COMMUNITY,
        also=(PROPERTY,),
        phones=(POLICE, AMBULANCE),
    ),
    Category("facility.lift", "电梯故障", PROPERTY),
    Category("facility.water_drain", "供水排水", PROPERTY),
    Category("facility.power_lighting", "公共照明用电", PROPERTY),
    Category("facility.access_gate", "门禁道闸", PROPERTY),
    Category("facility.fire_equipment", "消防设施", PROPERTY),
    Category("facility.building_fabric", "房屋本体", PROPERTY),
    Category("facility.road_site", "道路场地", PROPERTY),
    Category("home.repair", "家里维修", PROPERTY),
    Category("environment.cleaning", "保洁", PROPERTY),
    Category("environment.waste", "垃圾清运", PROPERTY),
    Category("environment.green", "绿化", PROPERTY),
    Category("environment.pest", "虫害鼠害", PROPERTY),
    Category("order.fire_lane", "占用消防通道", PROPERTY, also=(VOLUNTEERS,)),
    Category("order.ebike_wire", "电动车飞线充电", PROPERTY, also=(VOLUNTEERS,)),
    Category("order.clutter", "楼道堆物", PROPERTY, also=(VOLUNTEERS,)),
    Category("order.parking", "停车", PROPERTY),
    Category("order.noise", "噪声", PROPERTY),
    Category("order.pet", "养宠", PROPERTY),
    Category("violation.illegal_build", "违章搭建", PROPERTY, also=(COMMUNITY,)),
    Category("violation.group_rent", "群租", PROPERTY, also=(COMMUNITY,)),
    Category("violation.load_wall", "拆改承重墙", PROPERTY, also=(COMMUNITY,)),
    Category("property_service.attitude", "服务态度", PROPERTY),
    Category("property_service.fee", "物业收费", PROPERTY),
    Category("property_service.disclosure", "信息公示", PROPERTY),
    Category("owners.fund", "维修资金", OWNERS),
    Category("owners.committee", "业委会事务", OWNERS),
    Category("owners.contract", "物业合同", OWNERS),
    Category("neighbour.mediation", "邻里调解", COMMUNITY),
    Category("care.need", "关爱需求", COMMUNITY, also=(SOCIAL,)),
    Category("volunteer.help", "请志愿者帮忙", VOLUNTEERS),
    Category("inquiry", "咨询", COMMUNITY),
    Category("suggestion", "建议", COMMUNITY),
)


def is_emergency(code: str) -> bool:
    """Told by the group, so that it holds for what a district has added too."""
    return code.startswith("emergency.")


def about_the_company(code: str) -> bool:
    return code.startswith("property_service.")


CATEGORIES: dict[str, Category] = {category.code: category for category in _TABLE}
FUND = "owners.fund"
