// What follows a record at its door: the server's own table, read where there is no network too.
import { FOLLOWING, type FollowingRow, TRIES } from '@/core/labels';

/** What the table asks about: a form that is being filled, or what was said. */
export interface Asked {
  outcome: string;
  method: string;
  next_step: string | null;
}

/** What should happen next: what the visitor says, else what nobody answering asks for. */
export function nextStepOf(asked: Asked, attempt: number): string {
  if (asked.next_step || asked.outcome !== 'not_home') return asked.next_step ?? '';
  return TRIES[Math.min(attempt, TRIES.length) - 1] ?? '';
}

/** The first row that fits; none while the form does not say how it went. */
export function followsOf(asked: Asked, attempt: number, level: string): FollowingRow | undefined {
  const step = nextStepOf(asked, attempt);
  const fits = (among: string[] | null, word: string): boolean =>
    among === null || among.includes(word);
  return FOLLOWING.find(
    (row) =>
      row.outcome === asked.outcome &&
      fits(row.steps, step) &&
      fits(row.levels, level) &&
      fits(row.methods, asked.method),
  );
}
