// Picking up and putting down on the board: with the mouse, or with the keys alone.
import { computed, reactive, ref, shallowRef } from 'vue';
import { type Chip, step } from './board';
import { type Around, type Look, Places } from './places';
import type { Place } from './types';

const FAR_ENOUGH = 6;

export interface Target {
  row: string;
  date: string;
}

export type Put = (chip: Chip, target: Target, place: Place | null) => void;

export class Dragging {
  /** What is held at present, and over which cell. */
  readonly held = shallowRef<Chip | null>(null);
  readonly target = ref<Target | null>(null);
  readonly at = reactive({ x: 0, y: 0, keys: false });
  /** What is said of the cell that it is over. */
  readonly hint = computed(() => {
    const over = this.target.value;
    if (!this.held.value || !over) return null;
    return { text: this.places.say(over.row, over.date), look: this.lookAt(over.row, over.date) };
  });
  private readonly places: Places;
  private pressed: { x: number; y: number; chip: Chip } | null = null;
  private dragged = false;

  constructor(
    private readonly around: Around,
    private readonly put: Put,
  ) {
    this.places = new Places(around, () => this.held.value);
  }

  lookAt(row: string, date: string): Look {
    return this.places.lookAt(row, date);
  }

  isTarget(row: string, date: string): boolean {
    const over = this.target.value;
    return this.held.value !== null && over?.row === row && over.date === date;
  }

  /** Whether the click that follows a drop has to be ignored. */
  get wasDrag(): boolean {
    return this.dragged;
  }

  press(event: PointerEvent, chip: Chip): void {
    this.dragged = false;
    if (!chip.movable || event.pointerType === 'touch' || event.button !== 0) return;
    this.pressed = { x: event.clientX, y: event.clientY, chip };
    window.addEventListener('pointermove', this.move);
    window.addEventListener('pointerup', this.up);
    window.addEventListener('pointercancel', this.letGo);
  }

  key(event: KeyboardEvent, chip: Chip): void {
    if (!this.does(event.key, chip)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  readonly letGo = (): void => {
    this.held.value = null;
    this.target.value = null;
    this.pressed = null;
    window.removeEventListener('pointermove', this.move);
    window.removeEventListener('pointerup', this.up);
    window.removeEventListener('pointercancel', this.letGo);
  };

  private does(key: string, chip: Chip): boolean {
    if (this.held.value) return this.doesHolding(key);
    if (key !== ' ' || !chip.movable) return false;
    this.pick(chip, true);
    return true;
  }

  private doesHolding(key: string): boolean {
    if (key === ' ' || key === 'Enter') this.drop();
    else if (key === 'Escape') this.letGo();
    else if (key.startsWith('Arrow')) this.go(key);
    else return false;
    return true;
  }

  private go(key: string): void {
    const [rows, dates] = [this.around.rowIds(), this.around.dates()];
    const over = this.target.value;
    const now = { row: rows.indexOf(over?.row ?? ''), day: dates.indexOf(over?.date ?? '') };
    const next = step(now, key, { rows: rows.length, days: dates.length });
    this.target.value = { row: rows[next.row] ?? '', date: dates[next.day] ?? '' };
  }

  private pick(chip: Chip, keys: boolean): void {
    this.held.value = chip;
    this.at.keys = keys;
    this.target.value = chip.date ? { row: chip.row, date: chip.date } : this.start();
    void this.places.load(chip);
  }

  private start(): Target {
    const dates = this.around.dates();
    const open = dates.find((date) => date >= this.around.first()) ?? dates[0];
    return { row: this.around.rowIds()[0] ?? '', date: open ?? '' };
  }

  private readonly move = (event: PointerEvent): void => {
    const { pressed } = this;
    if (!pressed) return;
    [this.at.x, this.at.y] = [event.clientX, event.clientY];
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (!this.held.value && far > FAR_ENOUGH) this.pick(pressed.chip, false);
    if (!this.held.value) return;
    event.preventDefault();
    this.target.value = cellBelow(event.clientX, event.clientY);
  };

  private readonly up = (): void => {
    this.dragged = this.held.value !== null;
    if (this.dragged) this.drop();
    else this.letGo();
  };

  private drop(): void {
    const [chip, over] = [this.held.value, this.target.value];
    if (chip && over && this.goesTo(chip, over)) {
      const alone = chip.ids.length === 1;
      this.put(chip, over, alone ? this.places.at(over.row, over.date) : null);
    }
    this.letGo();
  }

  private goesTo(chip: Chip, over: Target): boolean {
    const stays = chip.row === over.row && chip.date === over.date;
    return !stays && this.lookAt(over.row, over.date) !== 'over';
  }
}

function cellBelow(x: number, y: number): Target | null {
  const cell = document.elementFromPoint(x, y)?.closest('[data-cell]')?.getAttribute('data-cell');
  const [row = '', date = ''] = cell?.split('|') ?? [];
  return date ? { row, date } : null;
}
