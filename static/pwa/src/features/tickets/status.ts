// How the status of a ticket looks: a tone and a shape beside its word.
import type { Tone } from '@/ui/types';

const LOOKS: Record<string, { tone: Tone; shape: string }> = {
  submitted: { tone: 'warn', shape: '○' },
  accepted: { tone: 'warn', shape: '○' },
  dispatched: { tone: 'warn', shape: '○' },
  in_progress: { tone: 'info', shape: '▶' },
  suspended: { tone: 'plain', shape: '❙❙' },
  resolved: { tone: 'info', shape: '◑' },
  reviewed: { tone: 'info', shape: '☎' },
  closed: { tone: 'ok', shape: '✓' },
  deliberating: { tone: 'info', shape: '◇' },
  escalated: { tone: 'info', shape: '↑' },
};

export function lookOf(status: string): { tone: Tone; shape: string } {
  return LOOKS[status] ?? { tone: 'plain', shape: '×' };
}
