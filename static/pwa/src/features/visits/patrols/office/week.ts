// Days of a route in words. Pure.
export const WEEK = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

export function sayDays(days: number[]): string {
  if (days.length === 7) return '每天';
  if (days.join() === '1,2,3,4,5') return '周一到周五';
  return days.map((day) => WEEK[day - 1] ?? '').join('、');
}
