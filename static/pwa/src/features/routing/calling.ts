// How a call ended, in words. Pure.
export type Outcome = 'reached' | 'no_answer' | 'failed';

export const OUTCOMES: { value: Outcome; label: string }[] = [
  { value: 'reached', label: '打通了' },
  { value: 'no_answer', label: '没人接' },
  { value: 'failed', label: '打不通' },
];
export const CALLED: Record<Outcome, string> = {
  reached: '打通了',
  no_answer: '没人接',
  failed: '打不通',
};
