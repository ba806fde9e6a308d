// Phones that hold work back or whose clock is wrong, in words. Pure.
import { monthDay, sayDate } from '@/core/clock';

export interface SilentDevice {
  device_id: string;
  device_name: string;
  person: { id: string; name: string };
  /** What the phone said when it was last heard of: on its way, and refused. */
  waiting: number;
  refused: number;
  /** Visits that were promised for a day before today and have no record. */
  overdue_visits: number;
  last_seen_on: string;
  silent_days: number;
  skew_seconds: number;
}

const SKEW_SHOWN_SECONDS = 300;
const NOTHING = '—';

/** `2 条没送到，1 条没收下` */
export function heldWords({ waiting, refused }: SilentDevice): string {
  const parts = [
    waiting > 0 ? `${waiting} 条没送到` : '',
    refused > 0 ? `${refused} 条没收下` : '',
  ].filter(Boolean);
  return parts.join('，') || NOTHING;
}

export function overdueWords({ overdue_visits: visits }: SilentDevice): string {
  return visits > 0 ? `${visits} 次` : NOTHING;
}

/** `3 天（11月21日来过）`; one with a wrong clock may have been here today. */
export function silentWords({ silent_days: days, last_seen_on: on }: SilentDevice): string {
  return days < 2 ? `${sayDate(on)}来过` : `${days} 天（${monthDay(on)}来过）`;
}

function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} 小时` : `${Math.round(hours / 24)} 天`;
}

/** `快 12 分钟`; what is off by five minutes or less is right. */
export function skewWords({ skew_seconds: skew }: SilentDevice): string {
  if (Math.abs(skew) <= SKEW_SHOWN_SECONDS) return NOTHING;
  return `${skew > 0 ? '快' : '慢'} ${span(Math.abs(skew))}`;
}
