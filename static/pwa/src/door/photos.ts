// Photos of the residents' page: made small when they are picked, kept in the draft as letters.
import { sha256, shrink } from '@/core/picture';
import { ask } from './api';
import type { DraftPhoto } from './draft';

const LARGEST_BYTES = 250 * 1024;
export const MOST_PHOTOS = 3;

function lettersOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('the picture could not be read'));
    reader.readAsDataURL(blob);
  });
}

export function blobOf(data: string): Blob {
  const letters = atob(data.slice(data.indexOf(',') + 1));
  return new Blob([Uint8Array.from(letters, (letter) => letter.charCodeAt(0))], {
    type: 'image/jpeg',
  });
}

export async function pick(file: Blob): Promise<DraftPhoto> {
  const small = await shrink(file, LARGEST_BYTES);
  return { hash: await sha256(small), data: await lettersOf(small) };
}

/** `path` is that of the door or the link; the hash is the key, so sending again does no harm. */
export async function sendPhoto(path: string, photo: DraftPhoto, form?: string): Promise<void> {
  const what = { method: 'PUT' as const, photo: blobOf(photo.data) };
  await ask(`${path}/photos/${photo.hash}`, form ? { ...what, form } : what);
}
