// Who is signed in. The last session is kept on the phone, so that the app opens without a network.
import { computed, reactive } from 'vue';
import { liveQuery } from 'dexie';
import { api, useCsrfToken, whenSignedOut } from './api';
import { ownerId } from './db';
import { deviceName } from './device';
import { forgetReadings, keepSession, type KeptSession, readSession, wipe } from './owner';
import { asProblem } from './problem';
import { resealSession } from './reseal';
import { askToPersist } from './room';

export type Home = 'volunteer' | 'property' | 'committee' | 'owners' | 'social' | 'subdistrict';

export interface Post {
  id: string;
  organisation: { id: string; name: string; kind: string; party: string | null };
  role: string;
  place: { id: string; name: string; kind: string };
}

export interface Session extends KeptSession {
  person: { id: string; name: string; phone_masked: string; elder_mode: boolean };
  posts: Post[];
  home: Home;
  csrf_token: string;
  device_id: string;
  office: boolean;
  idle_minutes: number;
}

interface Who {
  current: Session | null;
  /** The server has been asked at least once since the app was opened. */
  confirmed: boolean;
  /** Why one has to sign in again. */
  why: string;
}

const WHY_FROM_AFAR = '这台设备已经在别处退出登录，存在这里的内容都清掉了。';
const WHY_RUN_OUT = '登录过期了，请重新登录。还没送出的记录都在，登录后会自动送出。';

export const who = reactive<Who>({ current: null, confirmed: false, why: '' });

export const signedIn = computed(() => who.current !== null);
export const home = computed<Home>(() => who.current?.home ?? 'volunteer');
export const isAdmin = computed(
  () => who.current?.posts.some((post) => post.role === 'admin') ?? false,
);
export const isOffice = computed(() => who.current !== null && home.value !== 'volunteer');

export function startPage(): string {
  return home.value === 'volunteer' ? '/today' : '/office/today';
}

function setElderMode(on: boolean): void {
  document.documentElement.classList.toggle('elder', on);
}

/** Takes a session the server gave. */
export async function adopt(session: Session): Promise<void> {
  who.current = session;
  who.confirmed = true;
  who.why = '';
  useCsrfToken(session.csrf_token);
  setElderMode(session.person.elder_mode);
  await keepSession(session);
}

/** Ended from afar, nothing stays. A session that ran out leaves what waits, sealed. */
async function drop(code: string): Promise<void> {
  const afar = code === 'signed_out_from_afar';
  if (who.current) who.why = afar ? WHY_FROM_AFAR : WHY_RUN_OUT;
  who.current = null;
  who.confirmed = true;
  useCsrfToken('');
  await (afar ? wipe() : forgetReadings());
}

/** Asks the server who we are; without a network the last session stands. */
export async function refreshSession(): Promise<void> {
  try {
    await adopt(await api.get<Session>('/session'));
  } catch {
    // No network: the last session stands. Signed out: `watchSession` has dropped it.
  }
}

/** Opens with what the phone remembers; waits for the server only when it remembers nobody, and
 * then `meanwhile` is done. */
export async function restore(meanwhile: () => void = () => undefined): Promise<void> {
  const last = await readSession<Session>();
  if (!last) {
    const known = refreshSession();
    meanwhile();
    return known;
  }
  who.current = last;
  useCsrfToken(last.csrf_token);
  setElderMode(last.person.elder_mode);
  void resealSession().then(refreshSession);
}

export async function signIn(phone: string, password: string): Promise<void> {
  const body = { phone, password, device_name: deviceName() };
  await adopt(await api.post<Session>('/session', body));
  void askToPersist();
}

/** Signs out here; with `everywhere`, on every phone and computer. Wipes this device. */
export async function signOut(everywhere = false): Promise<void> {
  try {
    await api.delete(everywhere ? '/devices' : '/session');
  } catch (error) {
    if (asProblem(error).status !== 401) throw error; // 401: the server has ended it already
  }
  who.current = null;
  useCsrfToken('');
  setElderMode(false);
  await wipe();
}

export async function chooseElderMode(on: boolean): Promise<void> {
  setElderMode(on);
  await adopt(await api.patch<Session>('/me', { elder_mode: on }));
}

/** `leave` is what the router does once nobody is signed in. */
export function watchSession(leave: () => void): void {
  whenSignedOut((code) => {
    const known = who.current !== null;
    void drop(code).then(() => {
      if (known) leave();
    });
  });
  liveQuery(ownerId).subscribe((owner) => {
    if (!who.current || owner === who.current.person.id) return;
    window.location.reload(); // another tab has signed out, or somebody else in
  });
}
