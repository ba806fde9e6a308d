// Placing buildings on a plan: where they stand, what was done, and how to undo it. Pure.
export interface Placed {
  id: string;
  name: string;
  x: number | null;
  y: number | null;
}

export interface Move {
  id: string;
  from: { x: number | null; y: number | null };
}

export function inside(share: number): number {
  return Math.min(Math.max(share, 0), 1);
}

/** The buildings with one of them put elsewhere; null lifts it off the plan. */
export function put(all: Placed[], id: string, x: number | null, y: number | null): Placed[] {
  const at = { x: x === null ? null : inside(x), y: y === null ? null : inside(y) };
  return all.map((one) => (one.id === id ? { ...one, ...at } : one));
}

export function moveOf(all: Placed[], id: string): Move | null {
  const found = all.find((one) => one.id === id);
  return found ? { id, from: { x: found.x, y: found.y } } : null;
}

/** The next building that stands nowhere yet: so one taps through all of them in a row. */
export function nextUnplaced(all: Placed[], after: string): string {
  const start = all.findIndex((one) => one.id === after);
  const turned = [...all.slice(start + 1), ...all.slice(0, Math.max(start, 0))];
  return turned.find((one) => one.x === null)?.id ?? '';
}

const STEP = 0.01;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** How far an arrow key moves; with Shift five times as far. */
export function arrow(key: string, far: boolean): [number, number] | null {
  const step = ARROWS[key];
  if (!step) return null;
  const times = far ? 5 : 1;
  return [step[0] * times, step[1] * times];
}

export function spotsIn(all: Placed[]): { building_id: string; x: number; y: number }[] {
  return all.flatMap(({ id, x, y }) => (x === null || y === null ? [] : { building_id: id, x, y }));
}
