// Photos are made small on the phone, named by their SHA-256, and kept until the server has them.
import { db, ownerId } from './db';
import { putFor } from './owner';
import { roomy } from './room';
import { sealBytes, unsealBytes } from './seal';

const LONGEST_SIDE = 1600;
const LARGEST_BYTES = 300 * 1024;
const QUALITIES = [0.82, 0.7, 0.58, 0.46, 0.36];

export function fitInside(width: number, height: number, side = LONGEST_SIDE): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/** Tries a lower quality, then a smaller picture, until it fits. */
export async function shrinkWith(
  encode: (side: number, quality: number) => Promise<Blob>,
  limit = LARGEST_BYTES,
): Promise<Blob> {
  let last: Blob | null = null;
  for (const side of [LONGEST_SIDE, 1200, 800]) {
    for (const quality of QUALITIES) {
      last = await encode(side, quality);
      if (last.size <= limit) return last;
    }
  }
  if (!last) throw new Error('nothing was encoded');
  return last;
}

function toJpeg(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const [width, height] = fitInside(picture.width, picture.height, side);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))),
      'image/jpeg',
      quality,
    );
  });
}

export async function sha256(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Shrinks a picked file and keeps it on the phone; answers the name it will have everywhere. */
export async function keepPhoto(file: Blob): Promise<string> {
  const picture = await createImageBitmap(file);
  const blob = await shrinkWith((side, quality) => toJpeg(picture, side, quality));
  picture.close();
  const hash = await sha256(blob);
  const person_id = await ownerId();
  const photo = { hash, person_id, sealed: await sealBytes(blob) };
  await roomy(() => putFor(person_id, db.photos, photo));
  return hash;
}

/** An address to show a photo from: this phone's copy where there is one, else the server's. */
export async function photoUrl(hash: string): Promise<string> {
  const kept = await db.photos.get(hash);
  return kept ? URL.createObjectURL(await unsealBytes(kept.sealed)) : `/api/v1/media/${hash}`;
}
