// A small server for random tests: keys, order, what opens what, photos by pieces, backups. It does
// a thing once for each key, and notes whatever a true server would find wrong.
import { PIECE_BYTES } from './upload';

export interface Work {
  n: number;
  object: string;
  creates: string[];
  media: string[];
  /** Refused the first time, as something that the person must mend. */
  refuse: boolean;
}

interface Held {
  answers: Map<string, string>;
  /** In the order in which they were done. */
  done: Work[];
  refused: Set<number>;
  photos: Map<string, number>;
}

export type Weather = 'fair' | 'lost on the way' | 'lost on the way back' | 'busy';

function copyOf(held: Held): Held {
  return {
    answers: new Map(held.answers),
    done: [...held.done],
    refused: new Set(held.refused),
    photos: new Map(held.photos),
  };
}

function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}

export class ModelServer {
  held: Held = { answers: new Map(), done: [], refused: new Set(), photos: new Map() };
  wrong: string[] = [];
  private backup: Held = copyOf(this.held);

  backUp(): void {
    this.backup = copyOf(this.held);
  }

  restore(): void {
    this.held = copyOf(this.backup);
  }

  /** Fails as fetch does: not at once. */
  async fetch(url: string, init: RequestInit, weather: Weather): Promise<Response> {
    await Promise.resolve();
    if (weather === 'lost on the way') throw new TypeError('no network');
    if (weather === 'busy') return json(503, { code: 'busy', title: '忙' });
    const answer = this.answer(url.replace('/api/v1', ''), init);
    if (weather === 'lost on the way back') throw new TypeError('the answer was lost');
    return answer;
  }

  private answer(path: string, init: RequestInit): Response {
    const photo = /^\/media\/(\w+)(?:\/upload(?:\?offset=(\d+)&total=(\d+))?)?$/.exec(path);
    if (photo) return this.photo(photo, init);
    const key = new Headers(init.headers).get('Idempotency-Key') ?? '';
    const work = JSON.parse(init.body as string) as Work;
    const before = this.held.answers.get(key);
    if (before !== undefined) return json(200, JSON.parse(before));
    return this.work(key, work);
  }

  private work(key: string, work: Work): Response {
    if (work.refuse && !this.held.refused.has(work.n)) {
      this.held.refused.add(work.n);
      return json(422, { code: 'invalid', title: '没填对。', errors: { text: ['请填写。'] } });
    }
    this.check(work);
    this.held.done.push(work);
    const answer = JSON.stringify({ n: work.n });
    this.held.answers.set(key, answer);
    return json(200, JSON.parse(answer));
  }

  private check({ n, object, media }: Work): void {
    if (this.held.done.some((one) => one.n === n)) this.wrong.push(`${n} was done twice`);
    const opened = this.held.done.some((one) => one.creates.includes(object));
    if (object.startsWith('ticket') && !opened) this.wrong.push(`${n} came before ${object}`);
    for (const hash of media)
      if (!this.arrived(hash)) this.wrong.push(`${n} came before its photo ${hash}`);
  }

  private sizeOf(hash: string): number {
    return hash.startsWith('a') ? 100 : PIECE_BYTES + 100;
  }

  private arrived(hash: string): boolean {
    return (this.held.photos.get(hash) ?? 0) >= this.sizeOf(hash);
  }

  private photo([, name = '', offset]: RegExpExecArray, init: RequestInit): Response {
    const received = this.held.photos.get(name) ?? 0;
    if (init.method === 'PUT') {
      if (offset !== undefined && Number(offset) !== received)
        return json(409, { code: 'wrong_offset', title: '位置不对', received });
      const piece = (init.body as Blob).size;
      this.held.photos.set(name, offset === undefined ? this.sizeOf(name) : received + piece);
    }
    return json(200, { received: this.held.photos.get(name) ?? 0, complete: this.arrived(name) });
  }
}
