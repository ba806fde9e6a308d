// Everything that has not arrived, as a text that can be sent by other means.
import { dateOf, monthDay, sayMoment, timeOf } from '@/core/clock';
import type { OpenEntry } from '@/core/db';
import { download } from '@/ui/saving';
import { tagOf } from './standing';
import { wordsIn } from './words';

export function entryText(entry: OpenEntry): string {
  const made = sayMoment(new Date(entry.created_at).toISOString());
  const photos = entry.media.length > 0 ? [`照片 ${entry.media.length} 张（在手机里）`] : [];
  return [`${entry.label}（${made}）`, ...wordsIn(entry.body), ...photos].join('\n');
}

/** The whole list, each with where it stands and why. */
export function listText(entries: readonly OpenEntry[], name: string, now = new Date()): string {
  const when = `${monthDay(dateOf(now))} ${timeOf(now)}`;
  const head = `红邻 · ${name}手机里还没送到的 ${entries.length} 条（${when}导出）`;
  const parts = entries.map((entry, index) => {
    const why = entry.reason ? `，${entry.reason}` : '';
    return `${index + 1}. ${entryText(entry)}\n【${tagOf(entry).words}${why}】`;
  });
  return [head, '里面有住户的情况，只发给社区。', ...parts].join('\n\n');
}

/** By the phone's own sheet where there is one, else as a file. False when it was called off. */
export async function shareText(text: string, name: string): Promise<boolean> {
  const file = new File(['\uFEFF', text], name, { type: 'text/plain' });
  const share = { files: [file], title: name };
  const { canShare } = navigator as { canShare?: Navigator['canShare'] };
  if (canShare?.call(navigator, share)) {
    return navigator.share(share).then(
      () => true,
      (error: unknown) => !isCalledOff(error) && downloaded(file),
    );
  }
  return downloaded(file);
}

function isCalledOff(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function downloaded(file: File): boolean {
  download(file);
  return true;
}
