// What is wrong with the phone itself, in plain words: no room, a clock that is off.
import { computed, ref } from 'vue';
import { type Room, whenRoomChanges } from './room';
import { whenSkewChanges } from './skew';

const room = ref<Room>('enough');
const skew = ref(0);

whenRoomChanges((now) => (room.value = now));
whenSkewChanges((seconds) => (skew.value = seconds));

const ROOM_WORDS: Record<Room, string> = {
  enough: '',
  low: '手机存储快满了，请删掉一些照片或软件，免得新的记录存不下。',
  none: '手机存储满了，刚写的没能存下。请先腾出地方；以前存下的都还在。',
};

function howLong(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes < 120) return `${String(minutes)} 分钟`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${String(hours)} 小时` : `${String(Math.round(hours / 24))} 天`;
}

export function clockWords(seconds: number): string {
  if (seconds === 0) return '';
  const way = seconds > 0 ? '快' : '慢';
  return `手机时间比标准时间${way} ${howLong(seconds)}，记录按服务器收到的时间算。`;
}

export const troubles = computed(() =>
  [ROOM_WORDS[room.value], clockWords(skew.value)].filter((words) => words !== ''),
);
