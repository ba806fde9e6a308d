// Which of several possible moves is the usual next one. Pure.
import type { OpenMove } from './types';

const USUAL = [
  'accept',
  'arbitrate',
  'dispatch',
  'start',
  'resolve',
  'arrive',
  'contain',
  'approve_suspension',
  'resume',
  'review',
  'close',
  'conclude',
  'answer',
  'finish_part',
];

function rank(move: OpenMove): number {
  const place = USUAL.indexOf(move.verb);
  if (isUsual(move)) return place;
  return move.danger ? USUAL.length + 1 : USUAL.length;
}

/** A move that is the next step, and not a way out. */
export function isUsual(move: OpenMove): boolean {
  return USUAL.includes(move.verb) && !move.danger;
}

export function usualFirst(moves: OpenMove[]): OpenMove[] {
  return [...moves].sort((a, b) => rank(a) - rank(b));
}
