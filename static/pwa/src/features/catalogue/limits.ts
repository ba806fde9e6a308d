// Times in words, and as a form holds them while they are edited. Pure.
import type { Kind, Limit, Times, Unit } from './types';

export const KINDS: Kind[] = ['accept', 'arrive', 'contain', 'resolve'];

export const KIND: Record<Kind, { name: string; hint: string }> = {
  accept: {
    name: '接单',
    hint: '从派给主办的一方算起，多久要接单。社区受理、派单也用这个时限，只算上班时间；应急除外。',
  },
  arrive: { name: '到场', hint: '从派单算起，多久要有人到现场。没有现场要去的，可以不设。' },
  contain: {
    name: '控制住',
    hint: '办完之前先要做到的一步，比如止住水、围挡好。多数事项不用设。',
  },
  resolve: {
    name: '办结',
    hint: '从派单算起，多久要办完。协办的各方也按这个时限做完自己那一份。',
  },
};

export const UNIT: Record<Unit, { name: string; hint: string }> = {
  min: { name: '分钟', hint: '白天黑夜、节假日都算。' },
  h: { name: '小时', hint: '白天黑夜、节假日都算。' },
  wh: { name: '个工作小时', hint: '只算工作日的 9:00–12:00 和 14:00–18:00，调休上班的日子也算。' },
  wd: { name: '个工作日', hint: '一个工作日算 7 个工作小时，周末、放假不算，调休上班的日子算。' },
};

/** `none`: not timed (or, in a contract, as the category says); `word`: a sentence instead. */
export type Way = Unit | 'word' | 'none';

export interface Draft {
  way: Way;
  amount: string;
  goal: string;
}

export type Drafts = Record<Kind, Draft>;

/** `4 个工作小时`, `2 小时（止住水）`, or what counts instead of a time. */
export function sayLimit(limit: Limit | null): string {
  if (!limit) return '—';
  if (!limit.unit) return limit.goal;
  const goal = limit.goal ? `（${limit.goal}）` : '';
  return `${String(limit.amount)} ${UNIT[limit.unit].name}${goal}`;
}

function draftOf(limit: Limit | null): Draft {
  if (!limit) return { way: 'none', amount: '', goal: '' };
  return {
    way: limit.unit ?? 'word',
    amount: limit.unit ? String(limit.amount) : '',
    goal: limit.goal,
  };
}

export function draftsOf(times: Times): Drafts {
  return {
    accept: draftOf(times.accept),
    arrive: draftOf(times.arrive),
    contain: draftOf(times.contain),
    resolve: draftOf(times.resolve),
  };
}

function limitOf(draft: Draft): Limit | null {
  if (draft.way === 'none') return null;
  const goal = draft.goal.trim();
  if (draft.way === 'word') return { amount: 0, unit: null, goal };
  const amount = Number(draft.amount);
  return { amount: Number.isInteger(amount) ? amount : 0, unit: draft.way, goal };
}

export function timesOf(drafts: Drafts): Times {
  return {
    accept: limitOf(drafts.accept),
    arrive: limitOf(drafts.arrive),
    contain: limitOf(drafts.contain),
    resolve: limitOf(drafts.resolve),
  };
}

export const NO_TIMES: Times = { accept: null, arrive: null, contain: null, resolve: null };

/** `接单 4 个工作小时 · 办结 3 个工作日`: what is set, in one line. */
export function sayTimes(times: Times): string {
  return KINDS.filter((kind) => times[kind])
    .map((kind) => `${KIND[kind].name} ${sayLimit(times[kind])}`)
    .join(' · ');
}

/** What the server says of one time, whichever of its fields it was. */
export function wrongWith(errors: Record<string, string[]>, kind: Kind): string | undefined {
  const found = Object.keys(errors).find(
    (field) => field === `times.${kind}` || field.startsWith(`times.${kind}.`),
  );
  return found ? errors[found]?.[0] : undefined;
}
