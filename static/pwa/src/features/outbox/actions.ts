// What a person can do with entries: send, send again, change, copy, export, delete.
import { computed, type ComputedRef, type Ref, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { dateOf } from '@/core/clock';
import type { OpenEntry } from '@/core/db';
import { drain } from '@/core/drain';
import { discard, reopen, tryAgain } from '@/core/outbox';
import { seqOf } from '@/core/order';
import { asProblem } from '@/core/problem';
import { who } from '@/core/session';
import { toast } from '@/ui/toast';
import { entryText, listText, shareText } from './share';

export interface Actions {
  busy: Ref<boolean>;
  dropping: Ref<OpenEntry | null>;
  question: ComputedRef<string>;
  sendNow: () => Promise<void>;
  again: (entry: OpenEntry) => Promise<void>;
  change: (entry: OpenEntry) => Promise<void>;
  copy: (entry: OpenEntry) => Promise<void>;
  drop: () => Promise<void>;
  share: (entries: OpenEntry[]) => Promise<void>;
}

/** A fault of the phone is told, whatever was pressed. */
async function told(act: () => Promise<string>): Promise<void> {
  try {
    toast(await act());
  } catch (error) {
    toast(asProblem(error).sentence);
  }
}

async function sendAll(): Promise<string> {
  const left = await drain({ ignorePauses: true });
  return left > 0 ? '还有没送出的，有网会再试' : '能送的都送到了';
}

async function sendAgain(entry: OpenEntry): Promise<string> {
  await tryAgain(seqOf(entry));
  return '又送了一次';
}

async function copyText(entry: OpenEntry): Promise<void> {
  try {
    await navigator.clipboard.writeText(entryText(entry));
    toast('内容复制好了，可以发给社区');
  } catch {
    toast('这个浏览器不让复制，可以用导出');
  }
}

async function shareAll(entries: OpenEntry[]): Promise<void> {
  const text = listText(entries, who.current?.person.name ?? '');
  const shared = await shareText(text, `红邻待上传-${dateOf()}.txt`);
  if (shared) toast('导出好了，可以发给社区');
}

function questionOf(entry: OpenEntry | null, entries: readonly OpenEntry[]): string {
  if (!entry) return '';
  const after = entries.filter((one) => entry.creates.includes(one.object) && one !== entry);
  const also = after.length > 0 ? `跟着它的 ${after.length} 条也就送不成了。` : '';
  return `“${entry.label}”还没有送到，删了就找不回来了。${also}`;
}

export function useActions(entries: Ref<OpenEntry[]>): Actions {
  const router = useRouter();
  const busy = ref(false);
  const dropping = shallowRef<OpenEntry | null>(null);

  async function sendNow(): Promise<void> {
    busy.value = true;
    await told(sendAll);
    busy.value = false;
  }

  async function change(entry: OpenEntry): Promise<void> {
    const page = await reopen(seqOf(entry));
    if (page) await router.push(page);
  }

  async function drop(): Promise<void> {
    if (dropping.value) await discard(seqOf(dropping.value));
    dropping.value = null;
    toast('已删掉');
  }

  return {
    busy,
    dropping,
    question: computed(() => questionOf(dropping.value, entries.value)),
    sendNow,
    again: (entry) => told(() => sendAgain(entry)),
    change,
    copy: copyText,
    drop,
    share: shareAll,
  };
}
