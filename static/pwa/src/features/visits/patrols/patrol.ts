// A patrol on a phone: what waits for whom, which point a code belongs to, how long it took. Pure.
import type { Patrol, PatrolPoint } from './types';

/** What somebody notes on the way; it is sent only at the end, and says of no point when. */
export interface WalkForm {
  seen: string[];
  minutes: string;
  remark: string;
  with_ids: string[];
}

export function myAnswer(patrol: Patrol, me: string): string {
  return patrol.people.find((one) => one.id === me)?.answer ?? '';
}

/** What a card offers: a question; or a yes, which may be taken back until its day is over. Who never
 * answered has accepted nothing. */
export function myTurn(patrol: Patrol, me: string, today: string): 'asked' | 'accepted' | '' {
  const answer = myAnswer(patrol, me);
  if (patrol.state !== 'open' || patrol.date < today) return '';
  return answer === 'asked' || answer === 'accepted' ? answer : '';
}

/** Who else goes. */
export function company(patrol: Patrol, me: string): { id: string; name: string }[] {
  return patrol.people.filter((one) => one.id !== me && one.answer !== 'declined');
}

export function minutesOf(window: { from: string; to: string }): number {
  const [from, to] = [window.from, window.to].map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return (to ?? 0) - (from ?? 0);
}

/** The usual lengths, and the planned one among them. */
export function lengths(patrol: Patrol): { value: string; label: string }[] {
  const usual = new Set([30, 60, 90, 120, minutesOf(patrol.window)]);
  return [...usual]
    .filter((minutes) => minutes > 0)
    .sort((one, other) => one - other)
    .map((minutes) => ({ value: String(minutes), label: sayMinutes(minutes) }));
}

export function sayMinutes(minutes: number): string {
  if (minutes < 60) return `${String(minutes)} 分钟`;
  return `${String(Math.round((minutes / 60) * 10) / 10)} 小时`;
}

export function emptyWalk(patrol: Patrol): WalkForm {
  const minutes = minutesOf(patrol.window);
  return { seen: [], minutes: String(Math.max(minutes, 1)), remark: '', with_ids: [] };
}

export function walkBody(form: WalkForm): Record<string, unknown> {
  const remark = form.remark.trim();
  return {
    seen: [...form.seen],
    minutes: Number(form.minutes),
    with_ids: [...form.with_ids],
    ...(remark ? { remark } : {}),
  };
}

/** Today's first, then what is to come, then what was walked, the latest first. */
export function inOrder(patrols: Patrol[], today: string): Patrol[] {
  const rank = (one: Patrol): number => {
    if (one.state !== 'open') return 3;
    if (one.date === today) return 0;
    return one.date > today ? 1 : 2;
  };
  return [...patrols].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (rank(one) < 2 ? 1 : -1) *
        `${one.date} ${one.window.from}`.localeCompare(`${other.date} ${other.window.from}`),
  );
}

/** What a scanned link or a scanned code says, without its signature. */
export function markIn(text: string): string {
  return (text.split('/patrols/at/').at(-1) ?? '').split(/[.?#]/)[0] ?? '';
}

/** Known without a network: the point of a code among those that this phone walks past today. */
export function pointAt(
  patrols: Patrol[],
  text: string,
  today: string,
): { patrol: Patrol; point: PatrolPoint } | null {
  const mark = markIn(text);
  const near = inOrder(patrols, today).filter((one) => one.state === 'open' && one.date <= today);
  for (const patrol of near) {
    const point = patrol.points.find((one) => one.mark === mark);
    if (point) return { patrol, point };
  }
  return null;
}
