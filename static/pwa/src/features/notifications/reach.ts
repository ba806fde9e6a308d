// People whom nothing reaches outside the app: why, and what helps. No time is known of anybody.
import type { components } from '@/generated/api';

export type Unreachable = components['schemas']['Unreachable'];

const NO_WAY =
  '请本人打开红邻：我的 → 消息提醒 → 开提醒。手机不支持的，在“我的提醒方式”里另加一个。';
const HELP: Record<Unreachable['gap'], string> = {
  nothing: NO_WAY,
  devices_fail: '提醒送不进手机。请本人打开一次红邻；还不行，在“消息提醒”里关掉再开。',
  channels_fail: '自己加的方式送不到了。请本人在“我的提醒方式”里看看，改一改。',
  both_fail: '手机和自己加的方式都送不到。急事请打电话，有空当面帮着重新开一下。',
};

/** What somebody who knows them can do. */
export function helpFor(gap: string): string {
  return gap in HELP ? HELP[gap as Unreachable['gap']] : NO_WAY;
}
