// Exported from the server's rules. Never edited by hand.

export const PARTY: Record<string, string> = {
  community_party: '社区党组织',
  property: '物业',
  owners_committee: '业委会',
  volunteer_team: '志愿者队伍',
  social_org: '社会组织',
};

export const ORGANISATION_KIND: Record<string, string> = {
  community_party: '社区党组织',
  residents_committee: '居委会',
  property: '物业公司',
  owners_committee: '业委会',
  volunteer_team: '志愿者队伍',
  social_org: '社会组织',
  subdistrict: '街道',
  district: '区',
};

export const ROLE: Record<string, string> = {
  member: '成员',
  leader: '负责人',
  dispatcher: '派单员',
  clerk: '工作人员',
  secretary: '书记',
  officer: '干部',
  admin: '管理员',
};

export const PLACE_KIND: Record<string, string> = {
  district: '区',
  subdistrict: '街道',
  community: '社区',
  estate: '小区',
  building: '楼栋',
  unit: '单元',
};

export const CARE_LEVEL: Record<string, string> = { high: '高关注', focus: '重点', general: '一般' };

export const VISIT_WISH: Record<string, string> = {
  any: '都可以',
  call_first: '先打电话',
  phone_only: '只打电话',
  no_more_visits: '不再上门',
};

export const TEAM_KIND: Record<string, string> = {
  red_flag: '红旗手',
  red_steward: '红管家',
  red_armband: '红袖章',
};

export const PURPOSE: Record<string, string> = {
  regular: '日常走访',
  care: '关爱走访',
  safety: '安全提醒',
  opinion: '听取意见',
};

export const VISIT_STATE: Record<string, string> = {
  proposed: '等您回话',
  accepted: '已答应',
  turned_down: '已婉拒',
  done: '已走访',
  cancelled: '已取消',
};

export const METHOD: Record<string, string> = {
  door: '上门',
  downstairs: '楼下碰面',
  phone: '电话',
  video: '视频',
  ok_signal: '灯亮着 · 窗帘开着',
};

export const OUTCOME: Record<string, string> = {
  ok: '见到，平安',
  issue: '有事',
  not_home: '没人应',
  declined: '婉拒',
  rescheduled: '改约',
};

export const NEED: Record<string, string> = {
  power_fire: '用电用火',
  leak: '漏水',
  passage: '楼道堵',
  errand: '想请人跑腿',
  company: '想有人陪陪',
  about_property: '说物业的事',
  wants_call: '想社区回个话',
};

export const TICKET_STATUS: Record<string, string> = {
  submitted: '待受理',
  accepted: '已受理',
  dispatched: '已派单',
  in_progress: '办理中',
  resolved: '已办结',
  reviewed: '待评价',
  closed: '已完成',
  rejected: '不受理',
  withdrawn: '已撤回',
  suspended: '挂起',
  deliberating: '议事中',
  escalated: '街道办理',
};

export const VERB: Record<string, string> = {
  submit: '报事',
  accept: '受理',
  reject: '不受理',
  withdraw: '撤回',
  dispatch: '派单',
  start: '开始办',
  return: '退单',
  suspend: '先挂起',
  approve_suspension: '同意挂起',
  resume: '继续办',
  resolve: '办结',
  review: '审核通过',
  send_back: '退回再办',
  close: '确认办好',
  reopen: '没办好，再办',
  deliberate: '提请议事',
  conclude: '议事有结果',
  escalate: '吹哨上报',
  answer: '街道答复',
  supervise: '挂牌督办',
};

export const PHOTO_PHASE: Record<string, string> = {
  report: '报事时',
  before: '修之前',
  after: '修好后',
};

export const SUSPEND_REASON: Record<string, string> = {
  parts: '等配件',
  weather: '天气不行',
  owner_away: '住户不在',
  fund: '等维修资金',
  other_party: '等别的单位',
};


export const CATEGORY: Record<string, string> = {};

export interface MoveRow {
  verb: string;
  name: string;
  from: string[];
  to: string;
  by: string[];
  needs: string[];
}

export const MOVES: MoveRow[] = [];
