// The boxes on a sheet, each with the key that stands before it on paper: one key ticks one box. Pure.
import type { Option } from '@/ui/types';

export interface Box extends Option {
  key: string;
}

/** Codes and words; keys are given in their order. */
function boxes(keys: string, words: Record<string, string>): Box[] {
  return Object.entries(words).map(([value, label], place) => ({
    value,
    label,
    key: keys.charAt(place),
  }));
}

export const OUTCOME_BOXES = boxes('12345', {
  ok: '平安',
  issue: '有事',
  not_home: '没人应',
  declined: '婉拒',
  rescheduled: '改约',
});
export const METHOD_BOXES = boxes('ABCDE', {
  door: '上门',
  downstairs: '楼下',
  phone: '电话',
  video: '视频',
  ok_signal: '看灯',
});
export const NEED_BOXES = boxes('FGHIJKL', {
  power_fire: '电火',
  leak: '漏水',
  passage: '楼道',
  errand: '跑腿',
  company: '说话',
  about_property: '物业',
  community_call: '回话',
});
export const STEP_BOXES = boxes('MNO', {
  call_first: '先打电话',
  phone_only: '只打电话',
  no_more_visits: '不再上门',
});

/** 1234 5678, as it is read out and typed. */
export function spoken(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** The eight digits in what was typed or scanned, or nothing. */
export function codeIn(text: string): string {
  const typed = text.split('/paper/').at(-1)?.split('?')[0] ?? '';
  const digits = typed.replace(/\D/g, '');
  return digits.length === 8 ? digits : '';
}

/** Four doors to a page of A4; a sheet without doors has no page. */
export const DOORS_A_PAGE = 4;

export function pagesOf<T>(doors: T[]): T[][] {
  const starts = Array.from({ length: Math.ceil(doors.length / DOORS_A_PAGE) }, (_, page) => page);
  return starts.map((page) => doors.slice(page * DOORS_A_PAGE, (page + 1) * DOORS_A_PAGE));
}
