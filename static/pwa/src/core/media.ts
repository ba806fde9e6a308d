// Photos are kept on the phone, made small and named by their SHA-256, until the server has them.
import { db, ownerId } from './db';
import { putFor } from './owner';
import { sha256, shrink } from './picture';
import { roomy } from './room';
import { sealBytes, unsealBytes } from './seal';

/** Shrinks a picked file and keeps it on the phone; answers the name it will have everywhere. */
export async function keepPhoto(file: Blob): Promise<string> {
  const blob = await shrink(file);
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
