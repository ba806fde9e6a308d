// The words of a topic: how often, since when, what is to be done for good.
import { dateOf, monthDay } from '@/core/clock';
import type { TopicRow } from './types';

/** `9月3日 到 11月20日`. */
export function spanOf(topic: TopicRow): string {
  const [from, to] = [monthDay(dateOf(topic.first_at)), monthDay(dateOf(topic.last_at))];
  return from === to ? from : `${from} 到 ${to}`;
}

export function openWords(topic: TopicRow): string {
  return topic.still_open > 0 ? `还有 ${String(topic.still_open)} 件没办完` : '都办完了';
}

/** Who does what until when; nothing where nobody has said it yet. */
export function cureWords(topic: TopicRow): string {
  if (!topic.cure) return '';
  const by = [topic.cure_owner?.name, topic.cure_on ? `${monthDay(topic.cure_on)} 前` : ''];
  const who = by.filter(Boolean).join('，');
  return who ? `${topic.cure}（${who}）` : topic.cure;
}
