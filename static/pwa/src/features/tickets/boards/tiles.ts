// The numbers on top of a board, and where each of them leads. Pure.
import type { RouteLocationRaw } from 'vue-router';
import type { Board } from './types';

export interface Tile {
  key: string;
  name: string;
  count: number;
  /** What must not wait is marked, by a sign as well as by its colour. */
  hot: boolean;
  to: RouteLocationRaw;
}

const HOT = /overdue|emergency/;
const TODAY = '/office/today';

/** The company's day: its own numbers lead down the page, its queues to their lists. */
export function tilesOfWork(board: Board): Tile[] {
  const here = board.numbers.map(({ key, name, count }) => ({
    key,
    name,
    count,
    hot: HOT.test(key),
    to: { path: TODAY, hash: `#${key}` },
  }));
  const lists = board.parts.map(({ queue, name, count }) => ({
    key: queue,
    name,
    count,
    hot: HOT.test(queue),
    to: `/office/board/${queue}`,
  }));
  return [...here.slice(0, 1), ...lists.slice(0, 1), ...here.slice(1), ...lists.slice(1)];
}

/** The others: each number leads to its part of the page, or to its empty list. */
export function tilesOfParts(board: Board): Tile[] {
  return board.parts.map(({ queue, name, count }) => ({
    key: queue,
    name,
    count,
    hot: HOT.test(queue),
    to: count > 0 ? { path: TODAY, hash: `#${queue}` } : `/office/board/${queue}`,
  }));
}
