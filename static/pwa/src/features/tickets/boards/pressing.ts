// The most pressing thing about one line, as a word with its shape. Pure.
import type { Tone } from '@/ui/types';
import type { TicketRow } from '../types';

export interface Mark {
  tone: Tone;
  shape: string;
  words: string;
}

export function pressing(row: TicketRow): Mark | null {
  if (row.emergency) return { tone: 'over', shape: '▲', words: row.overdue ? '应急 超时' : '应急' };
  if (row.overdue) return { tone: 'over', shape: '■', words: '超时' };
  if (row.supervised) return { tone: 'warn', shape: '◆', words: '督办' };
  if (row.returned) return { tone: 'warn', shape: '↺', words: `退过 ${String(row.returned)} 次` };
  if (row.nearly_due) return { tone: 'warn', shape: '◆', words: '快到时限' };
  return null;
}
