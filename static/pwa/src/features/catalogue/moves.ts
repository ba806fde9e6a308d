// What a change would move, in words. Pure.
import { sayMoment } from '@/core/clock';
import type { MovedClock, Moves, Retiming } from './types';

export function sayCount(moves: Moves): string {
  if (moves.count === 0) return '没有正在办的工单会变，只管以后报的。';
  const clocks = moves.count > moves.tickets ? `，共 ${String(moves.count)} 个时限` : '';
  return `${String(moves.tickets)} 件会变${clocks}`;
}

/** `12 个提前、1 个新起算`. */
export function sayWays(moves: Moves): string {
  const { sooner, later, begun, gone } = moves.ways;
  const said: [number, string][] = [
    [sooner, '提前'],
    [later, '推后'],
    [begun, '新起算'],
    [gone, '不再计时'],
  ];
  return said
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${String(count)} 个${words}`)
    .join('、');
}

export const MOST_PLACES = 6;

/** `石门坎社区 8 件、双桥社区 4 件`, the first few. */
export function sayPlaces(moves: Moves): string {
  const shown = moves.communities.slice(0, MOST_PLACES);
  const rest = moves.communities.length - shown.length;
  const said = shown.map((one) => `${one.name} ${String(one.tickets)} 件`).join('、');
  return rest > 0 ? `${said}，还有 ${String(rest)} 个社区` : said;
}

export type Way = 'sooner' | 'later' | 'begun' | 'gone';

export const WAY: Record<Way, { shape: string; words: string }> = {
  sooner: { shape: '▲', words: '提前' },
  later: { shape: '▽', words: '推后' },
  begun: { shape: '●', words: '新起算' },
  gone: { shape: '○', words: '不再计时' },
};

export function wayOf(moved: MovedClock): Way {
  if (!moved.old_due) return 'begun';
  if (!moved.new_due) return 'gone';
  return moved.new_due < moved.old_due ? 'sooner' : 'later';
}

export function sayDue(due: string | null): string {
  return due ? sayMoment(due) : '—';
}

export function isOpen(work: Retiming): boolean {
  return work.state === 'waiting' || work.state === 'running';
}

/** How far it is, in a sentence. */
export function sayWork(work: Retiming): string {
  if (work.state === 'failed') return work.why ?? '';
  if (work.state === 'done') {
    return work.moved ? `${String(work.moved)} 个时限已经改过来了。` : '没有要改的时限。';
  }
  if (work.total === null) return '几秒后开始改正在办的工单…';
  return `正在改：看过 ${String(work.done)} / ${String(work.total)} 件`;
}
