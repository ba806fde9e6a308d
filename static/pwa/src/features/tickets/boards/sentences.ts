// What is usually done about a matter, in words that only have to be confirmed. Pure.
const USUAL = ['已经办好，跟报事人说过了', '现场处理好了'];

const OF: Record<string, string[]> = {
  emergency: ['险情排除，恢复正常', '已围好，没有人受伤，等专业队伍修', '人已安全，现场处理好了'],
  facility: ['修好了，试过正常', '换了新的，恢复正常', '先临时处理好，配件到了再换'],
  home: ['上门修好了，住户看过', '教了住户怎么用，恢复正常'],
  environment: ['清理干净了', '清理干净了，加了一遍巡查'],
  order: ['当面劝说，已经改好', '已经清走，贴了提醒'],
  violation: ['到现场劝阻，已停下来，报了社区', '拍照留底，报了社区'],
  property_service: ['跟业主当面说清楚了', '已经改正，跟业主道了歉'],
};

export function sentencesFor(category: string): string[] {
  return OF[category.split('.')[0] ?? ''] ?? USUAL;
}
