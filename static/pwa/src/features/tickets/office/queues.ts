// The queues of one's seat with how many wait in each; they stand in the side menu on every page.
import { computed, ref } from 'vue';
import { api } from '@/core/api';
import type { UnderItem } from '@/core/menu';

export interface Queue {
  key: string;
  name: string;
  count: number;
}

/** Everything one may see, whatever its state. */
export const ALL = 'all';
const MOST = 999;

export const queues = ref<Queue[]>([]);

/** What waits for our office comes first; then our share of the work; then what we reported. */
function groupOf(key: string): string {
  if (key.startsWith('lead_') || key === 'to_help') return '交给我们办的';
  return key.startsWith('mine_') ? '我报的' : '';
}

const GROUPS = ['', '交给我们办的', '我报的'];

/** What only our seat decides stands first. */
export function ordered(from: Queue[]): Queue[] {
  const rank = (queue: Queue): number => GROUPS.indexOf(groupOf(queue.key));
  return [...from].sort((a, b) => rank(a) - rank(b));
}

/** The first queues always stand there; further ones only when something is in them. */
const STEADY = 5;

function isFirst(from: Queue[], queue: Queue): boolean {
  return groupOf(queue.key) === groupOf(from[0]?.key ?? '');
}

export function shownQueues(from: Queue[]): UnderItem[] {
  const shown = from.filter(
    (queue, place) => queue.count > 0 || (place < STEADY && isFirst(from, queue)),
  );
  const first = groupOf(shown[0]?.key ?? '');
  return shown.map(({ key, name, count }) => {
    const group = groupOf(key);
    const link = { to: `/office/board/${key}`, name, count };
    return group === first ? link : { ...link, group };
  });
}

export const queueLinks = computed<UnderItem[]>(() => [
  ...shownQueues(queues.value),
  ...(queues.value.length > 0 ? [{ to: `/office/board/${ALL}`, name: '全部' }] : []),
]);

export async function refreshQueues(): Promise<void> {
  try {
    queues.value = ordered((await api.get<{ items: Queue[] }>('/tickets/queues')).items);
  } catch {
    // No network: the last known counts stand.
  }
}

/** Where a day begins: the first queue in which something waits. */
export function firstQueue(from: Queue[]): string {
  return (from.find((queue) => queue.count > 0) ?? from[0])?.key ?? ALL;
}

export function sayCount(count: number): string {
  return count >= MOST ? `${MOST}+` : String(count);
}

const EMPTY: Record<string, string> = {
  to_accept: '没有新来的事。有人报事，会先到这里等您受理。',
  to_dispatch: '受理过的都派出去了。',
  to_review: '没有等您审核的事。各方办结以后会到这里。',
  to_call_back: '没有要回访的事。',
  to_approve: '没有等您批的挂起。',
  overdue: '没有超时的事。',
  nearly_due: '没有快到时限的事。',
  lead_overdue: '没有超时的事。',
  lead_nearly_due: '没有快到时限的事。',
  lead_to_start: '没有新派来的单。社区派单以后会到这里。',
  lead_working: '手上没有正在办的事。接单以后会到这里。',
  to_help: '没有请我们协办的事。',
  owners_to_review: '没有等业委会审核的事。',
  to_answer: '没有社区报上来的事。',
  mine_open: '您还没有报过事。点「报事」可以报一件。',
};

export function emptyHint(key: string): string {
  return EMPTY[key] ?? '这一栏现在是空的。';
}
