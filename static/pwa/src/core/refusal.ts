// What an entry keeps of a refusal: the sentence, what is wrong with which field, what stands now.
import { isRecord } from './json';
import type { Problem } from './problem';

/** The thing as the server has it now, as far as a person can do something about it. */
export interface Present {
  name: string;
  moves: { verb: string; name: string }[];
}

export interface Refused {
  errors: Record<string, string[]>;
  current_version?: number;
  present?: Present;
}

function presentIn(current: Record<string, unknown>): Present | null {
  if (typeof current.status_name !== 'string' || !Array.isArray(current.moves)) return null;
  const moves = current.moves
    .filter(isRecord)
    .map((move) => ({ verb: String(move.verb), name: String(move.name) }));
  return { name: current.status_name, moves };
}

export function refusalIn(problem: Problem): Refused {
  const kept: Refused = { errors: problem.errors };
  const current = problem.current ?? {};
  if (typeof current.version === 'number') kept.current_version = current.version;
  const present = presentIn(current);
  if (present) kept.present = present;
  return kept;
}

/** Who was faster, where the server says it. */
export function reasonIn(problem: Problem): string {
  const record = problem.current?.record;
  const by = isRecord(record) ? record.by : null;
  const name = isRecord(by) && typeof by.name === 'string' ? by.name : '';
  const known = problem.code === 'visit_already_recorded' && name !== '';
  return known ? `${name}已经记过这一次走访了，不用再记。` : problem.title;
}

export function refusedOf(answer: unknown): Refused {
  return isRecord(answer) && isRecord(answer.errors)
    ? (answer as unknown as Refused)
    : { errors: {} };
}
