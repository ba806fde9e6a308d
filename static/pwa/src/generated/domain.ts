// Exported from the server's rules by `honglin export-client`. Never edited by hand.

export const PARTY: Record<string, string> = {
  "community_party": "社区",
  "property": "物业",
  "owners_committee": "业委会",
  "volunteer_team": "志愿者队伍",
  "social_org": "社会组织"
};

export const ORGANISATION_KIND: Record<string, string> = {
  "community_party": "社区党组织",
  "residents_committee": "居委会",
  "property": "物业公司",
  "owners_committee": "业委会",
  "volunteer_team": "志愿者队伍",
  "social_org": "社会组织",
  "subdistrict": "街道",
  "district": "区"
};

export const ROLE: Record<string, string> = {
  "member": "成员",
  "leader": "负责人",
  "dispatcher": "调度员",
  "clerk": "干事",
  "secretary": "书记",
  "officer": "科员",
  "admin": "管理员"
};

export const PLACE_KIND: Record<string, string> = {
  "district": "区",
  "subdistrict": "街道",
  "community": "社区",
  "estate": "小区",
  "building": "楼栋",
  "unit": "单元"
};

export const CARE_LEVEL: Record<string, string> = {
  "high": "特别关心",
  "focus": "重点关心",
  "general": "一般"
};

export const VISIT_WISH: Record<string, string> = {
  "any": "可以上门",
  "call_first": "先打电话",
  "phone_only": "只打电话",
  "no_more_visits": "不再上门"
};

export const TEAM_KIND: Record<string, string> = {
  "red_flag": "红旗手",
  "red_steward": "红管家",
  "red_armband": "红袖章"
};

export const SPAN: Record<string, string> = {
  "workday_morning": "工作日上午",
  "workday_afternoon": "工作日下午",
  "workday_evening": "工作日傍晚",
  "rest_morning": "周末上午",
  "rest_afternoon": "周末下午"
};

export const WEEK_DAY: Record<string, string> = {
  "mon": "周一",
  "tue": "周二",
  "wed": "周三",
  "thu": "周四",
  "fri": "周五",
  "sat": "周六",
  "sun": "周日",
  "holiday": "节假日"
};

export const PURPOSE: Record<string, string> = {
  "routine": "日常走访",
  "care": "关爱看望",
  "safety": "用电用火提醒",
  "opinions": "听取意见",
  "notice": "上门告知",
  "wellness": "确认平安",
  "new_residents": "认识新住户",
  "call_back": "办完事回访",
  "asked": "住户请人去看看"
};

export const METHOD: Record<string, string> = {
  "door": "上门",
  "downstairs": "楼下碰面",
  "phone": "电话",
  "video": "视频",
  "ok_signal": "灯亮着、窗帘开着"
};

export const OUTCOME: Record<string, string> = {
  "ok": "见到，平安",
  "issue": "有事",
  "not_home": "没人应",
  "declined": "婉拒",
  "rescheduled": "改约"
};

export const NEED: Record<string, string> = {
  "power_fire": "用电用火",
  "leak": "漏水",
  "passage": "楼道堵",
  "errand": "想请人跑腿",
  "company": "想有人说说话",
  "about_property": "对物业有话说",
  "community_call": "想社区回个话"
};

export const NEXT_STEP: Record<string, string> = {
  "other_time": "换个时段再来",
  "phone": "先打个电话",
  "building_head": "请楼栋长或物业帮忙看看",
  "call_first": "以后来前先打电话",
  "phone_only": "以后只打电话",
  "no_more_visits": "不再上门"
};

export const VISIT_STATE: Record<string, string> = {
  "proposed": "等您答复",
  "accepted": "已答应",
  "turned_down": "已婉拒",
  "done": "已走访",
  "cancelled": "已取消"
};

export const ROUND_STATE: Record<string, string> = {
  "draft": "草稿",
  "published": "进行中",
  "ended": "已结束",
  "cancelled": "已取消"
};

export const STRAY_STATE: Record<string, string> = {
  "waiting": "等组长处理",
  "entered": "已补记",
  "dropped": "没有补记"
};

export const SHEET_KIND: Record<string, string> = {
  "outing": "一人一天一张",
  "building": "一栋楼一周一张"
};

export const PATROL_STATE: Record<string, string> = {
  "open": "等着去",
  "done": "走过了",
  "cancelled": "没有去"
};

export const PATROL_ANSWER: Record<string, string> = {
  "asked": "等您答复",
  "accepted": "已答应",
  "declined": "已婉拒"
};

export const BAND: Record<string, string> = {
  "morning": "上午",
  "afternoon": "下午",
  "evening": "傍晚"
};

export const DAYS: Record<string, string> = {
  "weekday": "工作日",
  "weekend": "周末和节假日",
  "elder_weekday": "工作日（老人）"
};

export const GAP: Record<string, string> = {
  "nobody": "还没有人结对",
  "no_more_visits": "住户说过不再上门",
  "resting": "刚去过不久，这段日子先不打扰",
  "merged": "这段日子已经有一次走访，合成一趟",
  "no_slot": "起止日期里没有合适的时段"
};

export const SERVICE_KIND: Record<string, string> = {
  "visit": "走访",
  "patrol": "巡查",
  "meeting": "会议培训",
  "event": "活动",
  "other": "其他服务"
};

export const HOURS_STATE: Record<string, string> = {
  "waiting": "待确认",
  "confirmed": "已确认",
  "sent_back": "退回了",
  "voided": "作废"
};

export const TICKET_STATUS: Record<string, string> = {
  "submitted": "待受理",
  "accepted": "待派单",
  "dispatched": "待接单",
  "in_progress": "办理中",
  "suspended": "挂起",
  "resolved": "待审核",
  "reviewed": "待回访",
  "closed": "已办结",
  "rejected": "不受理",
  "withdrawn": "已撤回",
  "deliberating": "协商中",
  "escalated": "已上报"
};

export const VERB: Record<string, string> = {
  "submit": "报事",
  "accept": "受理",
  "reject": "不受理",
  "withdraw": "撤回",
  "dispatch": "派单",
  "arbitrate": "定主办方",
  "start": "接单",
  "return": "退单",
  "suspend": "先挂起",
  "approve_suspension": "同意挂起",
  "resume": "接着办",
  "arrive": "到场了",
  "contain": "控制住了",
  "hand_on": "交给同事",
  "finish_part": "协办完成",
  "resolve": "办结",
  "review": "审核通过",
  "send_back": "退回重办",
  "close": "评价结单",
  "reopen": "没解决，再办",
  "propose": "提议协商",
  "deliberate": "召集协商",
  "conclude": "协商有结论",
  "escalate": "吹哨上报",
  "answer": "街道答复",
  "supervise": "挂牌督办",
  "join": "并到另一件",
  "take_apart": "拆开另办"
};

export const SEAT: Record<string, string> = {
  "reporter": "报事人",
  "community": "社区",
  "lead": "主办方",
  "co": "协办方",
  "reviewer": "审核方",
  "secretary": "社区书记",
  "subdistrict": "街道",
  "any_party": "五方中的任何一方",
  "building_head": "楼长",
  "system": "系统"
};

export const PHOTO_PHASE: Record<string, string> = {
  "report": "报事时",
  "before": "修之前",
  "after": "修好后",
  "recheck": "抽查时"
};

export const SUSPEND_REASON: Record<string, string> = {
  "parts": "等配件",
  "weather": "等天气",
  "appointment": "等住户约时间",
  "owners_decision": "等业主表决",
  "fund": "等维修资金",
  "procurement": "等招标采购",
  "other_unit": "等外单位（水、电、气、通信等）"
};

export const SOLVED: Record<string, string> = {
  "yes": "解决了",
  "partly": "部分解决",
  "no": "没解决"
};

export const SATISFIED: Record<string, string> = {
  "yes": "满意",
  "fairly": "基本满意",
  "no": "不满意",
  "wont_say": "不想说",
  "unrated": "未评价"
};

export const CATEGORY: Record<string, string> = {
  "emergency.lift_entrapment": "电梯困人",
  "emergency.gas_fire": "燃气泄漏、起火",
  "emergency.burst_flood": "爆管、漏水淹水",
  "emergency.falling_hazard": "高空坠物",
  "emergency.person_safety": "人身安全",
  "facility.lift": "电梯故障",
  "facility.water_drain": "供水排水",
  "facility.power_lighting": "公共照明用电",
  "facility.access_gate": "门禁道闸",
  "facility.fire_equipment": "消防设施",
  "facility.building_fabric": "房屋本体",
  "facility.road_site": "道路场地",
  "home.repair": "家里维修",
  "environment.cleaning": "保洁",
  "environment.waste": "垃圾清运",
  "environment.green": "绿化",
  "environment.pest": "虫害鼠害",
  "order.fire_lane": "占用消防通道",
  "order.ebike_wire": "电动车飞线充电",
  "order.clutter": "楼道堆物",
  "order.parking": "停车",
  "order.noise": "噪声",
  "order.pet": "养宠",
  "violation.illegal_build": "违章搭建",
  "violation.group_rent": "群租",
  "violation.load_wall": "拆改承重墙",
  "property_service.attitude": "服务态度",
  "property_service.fee": "物业收费",
  "property_service.disclosure": "信息公示",
  "owners.fund": "维修资金",
  "owners.committee": "业委会事务",
  "owners.contract": "物业合同",
  "neighbour.mediation": "邻里调解",
  "care.need": "关爱需求",
  "volunteer.help": "请志愿者帮忙",
  "inquiry": "咨询",
  "suggestion": "建议"
};

export const CATEGORY_GROUP: Record<string, string> = {
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
  "suggestion": "建议"
};

export const CALL_KIND: Record<string, string> = {
  "flood": "汛情",
  "cold": "寒潮",
  "heat": "高温",
  "outage": "停水停电停气",
  "other": "其他突发情况"
};

export const CALL_STATE: Record<string, string> = {
  "open": "进行中",
  "closed": "已结束",
  "called_off": "已撤回"
};

export const CALL_ANSWER: Record<string, string> = {
  "coming": "我来",
  "cannot": "来不了",
  "safe": "我平安"
};

export const CALL_BUILDING: Record<string, string> = {
  "help": "有人要帮忙",
  "nobody": "还没有人来",
  "coming": "有人来",
  "looked": "看过一部分",
  "well": "都看过，平安"
};

export const INBOX_KIND: Record<string, string> = {
  "ticket_todo": "工单待办",
  "ticket_help": "工单协办",
  "ticket_news": "工单进展",
  "visit_todo": "走访待办",
  "visit_news": "走访消息",
  "visit_dispute": "走访核对",
  "visit_stray": "走访补记",
  "care_todo": "关心一下",
  "system_todo": "对接系统",
  "duty_todo": "值班",
  "hours_news": "服务时长",
  "call_todo": "紧急召集",
  "call_news": "召集消息"
};

export const REACH_GAP: Record<string, string> = {
  "nothing": "还没开提醒",
  "devices_fail": "手机提醒送不到",
  "channels_fail": "自己加的方式不通",
  "both_fail": "开过的都送不到"
};

export interface MoveRow {
  verb: string;
  name: string;
  from: string[];
  to: string;
  by: string[];
  needs: string[];
  may: string[];
  danger: boolean;
}

export const MOVES: MoveRow[] = [
  {
    "verb": "submit",
    "name": "报事",
    "from": [],
    "to": "dispatched",
    "by": [
      "reporter"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "submit",
    "name": "报事",
    "from": [],
    "to": "submitted",
    "by": [
      "reporter"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "accept",
    "name": "受理",
    "from": [
      "submitted"
    ],
    "to": "dispatched",
    "by": [
      "community"
    ],
    "needs": [],
    "may": [
      "category"
    ],
    "danger": false
  },
  {
    "verb": "accept",
    "name": "受理",
    "from": [
      "submitted"
    ],
    "to": "accepted",
    "by": [
      "community"
    ],
    "needs": [],
    "may": [
      "category"
    ],
    "danger": false
  },
  {
    "verb": "accept",
    "name": "受理",
    "from": [
      "rejected"
    ],
    "to": "accepted",
    "by": [
      "community"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "reject",
    "name": "不受理",
    "from": [
      "submitted"
    ],
    "to": "rejected",
    "by": [
      "community"
    ],
    "needs": [
      "reason",
      "where_to"
    ],
    "may": [],
    "danger": true
  },
  {
    "verb": "withdraw",
    "name": "撤回",
    "from": [
      "accepted",
      "dispatched",
      "submitted"
    ],
    "to": "withdrawn",
    "by": [
      "reporter"
    ],
    "needs": [],
    "may": [],
    "danger": true
  },
  {
    "verb": "dispatch",
    "name": "派单",
    "from": [
      "accepted"
    ],
    "to": "dispatched",
    "by": [
      "community",
      "system"
    ],
    "needs": [
      "lead_org_id"
    ],
    "may": [
      "co_org_ids",
      "note"
    ],
    "danger": false
  },
  {
    "verb": "arbitrate",
    "name": "定主办方",
    "from": [
      "accepted"
    ],
    "to": "dispatched",
    "by": [
      "community"
    ],
    "needs": [
      "lead_org_id",
      "reason"
    ],
    "may": [
      "co_org_ids"
    ],
    "danger": false
  },
  {
    "verb": "arbitrate",
    "name": "定主办方",
    "from": [
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "dispatched",
    "by": [
      "community"
    ],
    "needs": [
      "lead_org_id",
      "reason"
    ],
    "may": [
      "co_org_ids"
    ],
    "danger": true
  },
  {
    "verb": "start",
    "name": "接单",
    "from": [
      "dispatched"
    ],
    "to": "in_progress",
    "by": [
      "lead"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "return",
    "name": "退单",
    "from": [
      "dispatched"
    ],
    "to": "accepted",
    "by": [
      "lead"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": true
  },
  {
    "verb": "suspend",
    "name": "先挂起",
    "from": [
      "in_progress"
    ],
    "to": "suspended",
    "by": [
      "lead"
    ],
    "needs": [
      "reason_code",
      "until"
    ],
    "may": [
      "note"
    ],
    "danger": false
  },
  {
    "verb": "approve_suspension",
    "name": "同意挂起",
    "from": [
      "suspended"
    ],
    "to": "stay",
    "by": [
      "community"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "resume",
    "name": "接着办",
    "from": [
      "suspended"
    ],
    "to": "in_progress",
    "by": [
      "lead"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "arrive",
    "name": "到场了",
    "from": [
      "in_progress"
    ],
    "to": "stay",
    "by": [
      "lead"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "contain",
    "name": "控制住了",
    "from": [
      "in_progress"
    ],
    "to": "stay",
    "by": [
      "lead"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "hand_on",
    "name": "交给同事",
    "from": [
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "stay",
    "by": [
      "lead"
    ],
    "needs": [
      "person_id"
    ],
    "may": [
      "note"
    ],
    "danger": false
  },
  {
    "verb": "finish_part",
    "name": "协办完成",
    "from": [
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "stay",
    "by": [
      "co"
    ],
    "needs": [
      "what_was_done"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "resolve",
    "name": "办结",
    "from": [
      "in_progress"
    ],
    "to": "resolved",
    "by": [
      "lead"
    ],
    "needs": [
      "what_was_done"
    ],
    "may": [
      "media_before",
      "media_after",
      "nothing_to_see"
    ],
    "danger": false
  },
  {
    "verb": "review",
    "name": "审核通过",
    "from": [
      "resolved"
    ],
    "to": "reviewed",
    "by": [
      "reviewer"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "send_back",
    "name": "退回重办",
    "from": [
      "resolved"
    ],
    "to": "in_progress",
    "by": [
      "reviewer"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": true
  },
  {
    "verb": "close",
    "name": "评价结单",
    "from": [
      "reviewed"
    ],
    "to": "closed",
    "by": [
      "reporter"
    ],
    "needs": [
      "solved",
      "satisfied"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "close",
    "name": "评价结单",
    "from": [
      "reviewed"
    ],
    "to": "closed",
    "by": [
      "building_head",
      "community",
      "reviewer"
    ],
    "needs": [
      "solved",
      "satisfied",
      "call_back_note"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "close",
    "name": "评价结单",
    "from": [
      "reviewed"
    ],
    "to": "closed",
    "by": [
      "system"
    ],
    "needs": [],
    "may": [],
    "danger": false
  },
  {
    "verb": "reopen",
    "name": "没解决，再办",
    "from": [
      "closed"
    ],
    "to": "deliberating",
    "by": [
      "reporter"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "reopen",
    "name": "没解决，再办",
    "from": [
      "closed"
    ],
    "to": "deliberating",
    "by": [
      "community"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "reopen",
    "name": "没解决，再办",
    "from": [
      "closed"
    ],
    "to": "in_progress",
    "by": [
      "reporter"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "reopen",
    "name": "没解决，再办",
    "from": [
      "closed"
    ],
    "to": "in_progress",
    "by": [
      "community"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "propose",
    "name": "提议协商",
    "from": [
      "accepted",
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "stay",
    "by": [
      "any_party"
    ],
    "needs": [
      "topic"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "deliberate",
    "name": "召集协商",
    "from": [
      "accepted",
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "deliberating",
    "by": [
      "community"
    ],
    "needs": [
      "topic"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "conclude",
    "name": "协商有结论",
    "from": [
      "deliberating"
    ],
    "to": "dispatched",
    "by": [
      "community"
    ],
    "needs": [
      "resolution",
      "lead_org_id",
      "due_on"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "escalate",
    "name": "吹哨上报",
    "from": [
      "accepted",
      "deliberating",
      "dispatched",
      "in_progress",
      "suspended"
    ],
    "to": "escalated",
    "by": [
      "community"
    ],
    "needs": [
      "what_was_done"
    ],
    "may": [],
    "danger": true
  },
  {
    "verb": "answer",
    "name": "街道答复",
    "from": [
      "escalated"
    ],
    "to": "back",
    "by": [
      "subdistrict"
    ],
    "needs": [
      "answer"
    ],
    "may": [],
    "danger": false
  },
  {
    "verb": "supervise",
    "name": "挂牌督办",
    "from": [
      "accepted",
      "closed",
      "deliberating",
      "dispatched",
      "escalated",
      "in_progress",
      "rejected",
      "resolved",
      "reviewed",
      "submitted",
      "suspended"
    ],
    "to": "stay",
    "by": [
      "secretary",
      "subdistrict"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": true
  },
  {
    "verb": "take_apart",
    "name": "拆开另办",
    "from": [
      "closed"
    ],
    "to": "back",
    "by": [
      "community"
    ],
    "needs": [
      "reason"
    ],
    "may": [],
    "danger": true
  }
];

/** Words for an emergency: one of each group is said, and none of `without`. */
export interface EmergencyRule {
  category: string;
  points: number;
  groups: string[][];
  without: string[];
}

export const EMERGENCY_RULES: EmergencyRule[] = [
  {
    "category": "emergency.lift_entrapment",
    "points": 6,
    "groups": [
      [
        "电梯",
        "梯子",
        "轿厢"
      ],
      [
        "困",
        "被关",
        "关在",
        "出不来",
        "出不去",
        "求救",
        "救命",
        "拍门",
        "里面有人"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.lift_entrapment",
    "points": 6,
    "groups": [
      [
        "电梯",
        "轿厢"
      ],
      [
        "停",
        "卡",
        "不动",
        "不走",
        "打不开"
      ],
      [
        "里面",
        "里头",
        "在里",
        "有人"
      ]
    ],
    "without": [
      "抽烟",
      "广告"
    ]
  },
  {
    "category": "emergency.lift_entrapment",
    "points": 6,
    "groups": [
      [
        "困人",
        "困梯",
        "夹层卡"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.gas_fire",
    "points": 6,
    "groups": [
      [
        "煤气",
        "燃气",
        "天然气",
        "液化气",
        "瓦斯"
      ],
      [
        "味",
        "漏",
        "泄",
        "臭",
        "嘶"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.gas_fire",
    "points": 6,
    "groups": [
      [
        "起火",
        "失火",
        "火灾",
        "大火",
        "救火",
        "烧起来",
        "烧着",
        "着起来",
        "火苗",
        "自燃"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.gas_fire",
    "points": 6,
    "groups": [
      [
        "着火"
      ]
    ],
    "without": [
      "打不着"
    ]
  },
  {
    "category": "emergency.gas_fire",
    "points": 6,
    "groups": [
      [
        "冒烟",
        "浓烟",
        "黑烟",
        "冒火",
        "火星",
        "火花",
        "烟从",
        "烧焦",
        "焦味",
        "爆炸"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.gas_fire",
    "points": 4,
    "groups": [
      [
        "着了",
        "烧了"
      ],
      [
        "火"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.burst_flood",
    "points": 6,
    "groups": [
      [
        "爆管",
        "管爆",
        "水淹",
        "被淹",
        "淹了",
        "倒灌",
        "跑水",
        "成河",
        "喷泉",
        "漫到",
        "漫进",
        "漫出"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.burst_flood",
    "points": 6,
    "groups": [
      [
        "水管",
        "主管",
        "水表",
        "消防管",
        "暖气管",
        "阀门",
        "管道",
        "管子"
      ],
      [
        "爆",
        "炸",
        "崩",
        "裂开",
        "断了",
        "喷",
        "止不住"
      ]
    ],
    "without": [
      "雨水管",
      "落水管"
    ]
  },
  {
    "category": "emergency.burst_flood",
    "points": 6,
    "groups": [
      [
        "车库",
        "地下室",
        "电梯井",
        "家里",
        "一楼",
        "屋里"
      ],
      [
        "进水",
        "灌水",
        "泡水",
        "泡在水"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.burst_flood",
    "points": 6,
    "groups": [
      [
        "水"
      ],
      [
        "止不住",
        "哗哗",
        "哗啦",
        "往外喷",
        "喷出",
        "往下冲",
        "全是水",
        "关总阀",
        "往外冒"
      ]
    ],
    "without": [
      "井盖",
      "马桶"
    ]
  },
  {
    "category": "emergency.falling_hazard",
    "points": 6,
    "groups": [
      [
        "高空",
        "楼上",
        "楼顶",
        "外墙",
        "窗户",
        "阳台",
        "顶楼",
        "十几楼"
      ],
      [
        "抛",
        "坠",
        "往下扔",
        "掉下",
        "砸",
        "扔下",
        "丢下"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.falling_hazard",
    "points": 6,
    "groups": [
      [
        "快要掉",
        "要掉下",
        "往下掉",
        "掉下来",
        "砸下",
        "砸到",
        "砸中",
        "砸碎",
        "随时掉",
        "快掉",
        "要倒",
        "要塌",
        "快倒"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.falling_hazard",
    "points": 6,
    "groups": [
      [
        "挂在半空",
        "悬在",
        "摇摇欲坠",
        "摇摇晃晃",
        "晃荡",
        "挂在那",
        "吹得",
        "吹开",
        "吹断",
        "刮断",
        "刮倒",
        "整块翘",
        "空鼓翘"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "摔倒",
        "摔伤",
        "跌倒",
        "晕倒",
        "昏倒",
        "昏迷"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "倒在",
        "倒地",
        "躺在"
      ]
    ],
    "without": [
      "树",
      "车",
      "灯",
      "杆"
    ]
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "跳楼",
        "轻生",
        "自杀",
        "不想活",
        "割腕",
        "自残",
        "想死",
        "爬到窗",
        "阳台外",
        "窗台外"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "走丢",
        "走失",
        "失踪",
        "溺水",
        "落水",
        "触电",
        "流血",
        "流了好多血",
        "出血",
        "叫不醒",
        "没呼吸",
        "抽搐",
        "中毒"
      ]
    ],
    "without": [
      "落水管"
    ]
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "打人",
        "动刀",
        "拿刀",
        "持刀",
        "砍",
        "惨叫",
        "救命",
        "家暴",
        "抢劫",
        "被车撞",
        "撞了人"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "天没见",
        "没见人",
        "敲门不应",
        "敲门没",
        "没人应门",
        "联系不上",
        "怕出事"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 6,
    "groups": [
      [
        "老人",
        "老太",
        "大爷",
        "奶奶",
        "爷爷",
        "孩子",
        "小孩"
      ],
      [
        "起不来",
        "掉进",
        "掉到",
        "反锁",
        "锁在"
      ]
    ],
    "without": []
  },
  {
    "category": "emergency.person_safety",
    "points": 4,
    "groups": [
      [
        "打架"
      ]
    ],
    "without": [
      "以前",
      "打过架"
    ]
  }
];

export const METHODS_OF: Record<string, string[]> = {
  "ok": [
    "door",
    "downstairs",
    "phone",
    "video",
    "ok_signal"
  ],
  "issue": [
    "door",
    "downstairs",
    "phone",
    "video"
  ],
  "not_home": [
    "door",
    "phone",
    "video"
  ],
  "declined": [
    "door",
    "downstairs",
    "phone",
    "video"
  ],
  "rescheduled": [
    "door",
    "downstairs",
    "phone",
    "video"
  ]
};

export const WISHES: string[] = [
  "call_first",
  "phone_only",
  "no_more_visits"
];

/** Nobody answered: what is tried after the first time, the second, the third. */
export const TRIES: string[] = [
  "other_time",
  "phone",
  "building_head"
];

/** What follows a record at its door: the first row that fits. Null is any. */
export interface FollowingRow {
  outcome: string;
  sentence: string;
  steps: string[] | null;
  levels: string[] | null;
  methods: string[] | null;
  coming: string;
  hears: string;
}

export const FOLLOWING: FollowingRow[] = [
  {
    "outcome": "ok",
    "sentence": "记下了：以后来之前先打电话。",
    "steps": [
      "call_first"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "ok",
    "sentence": "记下了：以后只打电话，不上门。",
    "steps": [
      "phone_only"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "ok",
    "sentence": "记下了：以后不再上门，已经排好的也会取消。",
    "steps": [
      "no_more_visits"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "ok",
    "sentence": "看到平安信号就行，不用敲门，这一户走到了。",
    "steps": null,
    "levels": null,
    "methods": [
      "ok_signal"
    ],
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "ok",
    "sentence": "这一户走到了，没有别的事。",
    "steps": null,
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "issue",
    "sentence": "记下了：以后来之前先打电话。",
    "steps": [
      "call_first"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "issue",
    "sentence": "记下了：以后只打电话，不上门。",
    "steps": [
      "phone_only"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "issue",
    "sentence": "记下了：以后不再上门，已经排好的也会取消。",
    "steps": [
      "no_more_visits"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "issue",
    "sentence": "这件事会变成工单，办到哪一步都告诉您。",
    "steps": null,
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "declined",
    "sentence": "记下了：以后来之前先打电话。",
    "steps": [
      "call_first"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "declined",
    "sentence": "记下了：以后只打电话，不上门。",
    "steps": [
      "phone_only"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "declined",
    "sentence": "记下了：以后不再上门，已经排好的也会取消。",
    "steps": [
      "no_more_visits"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "declined",
    "sentence": "婉拒也算走到了，不用再去。",
    "steps": null,
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "rescheduled",
    "sentence": "记下了：以后不再上门，已经排好的也会取消。",
    "steps": [
      "no_more_visits"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "nobody"
  },
  {
    "outcome": "rescheduled",
    "sentence": "到约好的时间再去，手机会记着。",
    "steps": null,
    "levels": null,
    "methods": null,
    "coming": "appointed",
    "hears": "nobody"
  },
  {
    "outcome": "not_home",
    "sentence": "这一户今天要有人看到：换个时段再看一次，社区和楼栋长马上知道。",
    "steps": [
      "other_time"
    ],
    "levels": [
      "high"
    ],
    "methods": null,
    "coming": "again",
    "hears": "all_today"
  },
  {
    "outcome": "not_home",
    "sentence": "这一户今天要有人看到：先打个电话，社区和楼栋长马上知道。",
    "steps": [
      "phone"
    ],
    "levels": [
      "high"
    ],
    "methods": null,
    "coming": "again",
    "hears": "all_today"
  },
  {
    "outcome": "not_home",
    "sentence": "这一户今天要有人看到：社区和楼栋长马上知道，由他们去看。",
    "steps": [
      "building_head"
    ],
    "levels": [
      "high"
    ],
    "methods": null,
    "coming": "none",
    "hears": "all_today"
  },
  {
    "outcome": "not_home",
    "sentence": "下次换个时段再打，排好了再问您。",
    "steps": [
      "other_time"
    ],
    "levels": null,
    "methods": [
      "phone",
      "video"
    ],
    "coming": "again",
    "hears": "nobody"
  },
  {
    "outcome": "not_home",
    "sentence": "下次换个时段再来，排好了再问您。",
    "steps": [
      "other_time"
    ],
    "levels": null,
    "methods": null,
    "coming": "again",
    "hears": "nobody"
  },
  {
    "outcome": "not_home",
    "sentence": "下次先打个电话，排好了再问您。",
    "steps": [
      "phone"
    ],
    "levels": null,
    "methods": null,
    "coming": "again",
    "hears": "nobody"
  },
  {
    "outcome": "not_home",
    "sentence": "不用再跑了：请楼栋长或物业帮忙留意。",
    "steps": [
      "building_head"
    ],
    "levels": null,
    "methods": null,
    "coming": "none",
    "hears": "building_head"
  }
];
