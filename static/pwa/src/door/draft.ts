// What somebody has written at a door, kept on this phone until it is sent: it survives a reload, and
// says whether it may have arrived already.
import { newKey, newSecret } from './api';

export interface DraftPhoto {
  hash: string;
  data: string;
}

export interface Draft {
  key: string;
  secret: string;
  form: string;
  category: string;
  text: string;
  place: string;
  spot: string;
  /** `public` or `home`; empty while it is not said. */
  where: string;
  name: string;
  phone: string;
  consent: boolean;
  photos: DraftPhoto[];
  /** Photos that the server has for this form. */
  arrived: string[];
  /** It was pressed, and has to go. */
  going: boolean;
  /** It left once and no answer came: it may be there. */
  doubtful: boolean;
}

export interface KeptLink {
  number: string;
  secret: string;
  place: string;
}

const LINKS = 'honglin-links';
const MOST_LINKS = 20;

export function emptyDraft(): Draft {
  return {
    key: newKey(),
    secret: newSecret(),
    form: '',
    category: '',
    text: '',
    place: '',
    spot: '',
    where: '',
    name: '',
    phone: '',
    consent: false,
    photos: [],
    arrived: [],
    going: false,
    doubtful: false,
  };
}

function nameOf(door: string): string {
  return `honglin-door:${door}`;
}

function read(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? 'null');
  } catch {
    return null;
  }
}

function write(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function draftOf(door: string): Draft {
  return { ...emptyDraft(), ...(read(nameOf(door)) as Partial<Draft> | null) };
}

/** Where there is no room for the photos, the words are kept at least. */
export function keepDraft(door: string, draft: Draft): void {
  if (!write(nameOf(door), draft)) write(nameOf(door), { ...draft, photos: [], arrived: [] });
}

export function dropDraft(door: string): void {
  localStorage.removeItem(nameOf(door));
}

export function links(): KeptLink[] {
  return (read(LINKS) as KeptLink[] | null) ?? [];
}

export function keepLink(link: KeptLink): void {
  const others = links().filter((one) => one.secret !== link.secret);
  write(LINKS, [link, ...others].slice(0, MOST_LINKS));
}

export function dropLink(secret: string): void {
  write(
    LINKS,
    links().filter((one) => one.secret !== secret),
  );
}

export function linkOf(secret: string): string {
  return `${location.origin}/f/${secret}`;
}
