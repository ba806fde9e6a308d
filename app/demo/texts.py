"""What invented people report, and what was done about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """A matter of one category, who leads it in the demo, and how it ends."""

    category: str
    text: str
    spot: str
    done: str
    lead: str = "property"


MATTERS = (
    Matter("facility.power_lighting", "楼道灯不亮，晚上上楼看不清", "三楼楼道", "换了灯泡和开关。"),
    Matter("facility.power_lighting", "单元门口的感应灯一直亮着", "单元门口", "调好了感应器。"),
    Matter("facility.access_gate", "单元门禁刷不开，要人从里面开", "单元门", "换了门禁读卡头。"),
    Matter("facility.access_gate", "单元门关不严，风一吹就响", "单元门", "换了闭门器。"),
    Matter("facility.lift", "电梯到五楼会抖一下，老人不敢坐", "电梯", "维保来调过，试运行正常。"),
    Matter(
        "facility.water_drain", "一楼下水道返水，味道很大", "一楼过道", "疏通了主管，清出杂物。"
    ),
    Matter("facility.water_drain", "屋顶落水管断了一截，下雨滴水", "北侧外墙", "接好了落水管。"),
    Matter("facility.fire_equipment", "楼道灭火器压力不够了", "二楼楼道", "换了两具灭火器。"),
    Matter("facility.road_site", "健身器材松动，孩子玩不安全", "中心花园", "拧紧并加了垫片。"),
    Matter("facility.road_site", "楼前地砖翘起来，差点绊倒人", "楼前", "重铺了六块地砖。"),
    Matter("facility.building_fabric", "外墙有一块瓷砖空鼓", "东侧外墙", "围好并铲除了空鼓处。"),
    Matter("environment.cleaning", "楼道两天没人扫了", "楼道", "当天补扫，排进了班次。"),
    Matter("environment.waste", "垃圾桶满了没清", "楼后垃圾点", "已清运，加了一次晚收。"),
    Matter("environment.green", "树枝长到二楼窗前了", "楼南侧", "修剪好了。"),
    Matter("environment.pest", "地下车库有老鼠", "地下车库", "投了药，堵了洞口。"),
    Matter("order.fire_lane", "消防通道停了车，救护车进不来", "东门", "联系车主挪走，补画了线。"),
    Matter("order.ebike_wire", "有人从楼上拉线给电动车充电", "楼前", "劝导后收了线，指了充电棚。"),
    Matter("order.clutter", "楼道堆了纸箱和旧柜子", "四楼楼道", "和住户一起清走了。"),
    Matter("order.parking", "自家车位老被别人占", "地面车位", "装了地锁，贴了提示。"),
    Matter("order.noise", "晚上跳舞的音响太响", "小广场", "约定九点前结束。"),
    Matter("property_service.disclosure", "今年的收支还没公示", "公告栏", "已张贴并讲清楚。"),
    Matter("owners.committee", "业委会会议记录想看一看", "公告栏", "已公布近三次记录。", "owners0"),
    Matter(
        "neighbour.mediation", "楼上楼下为漏水吵起来了", "楼内", "坐下谈好了分担。", "committee"
    ),
    Matter("care.need", "独居老人想有人陪着去医院", "楼内", "社工陪同去过了。", "social"),
    Matter("inquiry", "居住证在哪里办", "社区", "告诉了地点和材料。", "committee"),
    Matter("suggestion", "想在楼下加一排长椅", "楼前", "列入了微更新清单。", "committee"),
)

# The first is still being worked on when the demo begins.
EMERGENCIES = (
    Matter("emergency.falling_hazard", "外墙保温板翘起来，快要掉了", "西侧外墙", "围好并拆除了。"),
    Matter(
        "emergency.lift_entrapment", "电梯停在六楼，里面有人", "电梯", "人已接出，电梯停用待检。"
    ),
    Matter("emergency.burst_flood", "水管爆了，水漫到电梯口", "一楼大厅", "关了总阀，换了一段管。"),
)
