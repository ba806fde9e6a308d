// A refusal, as the server words it (RFC 9457) or as the phone words it when there is no network.
import { isRecord } from './json';

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly errors: Record<string, string[]> = {},
    readonly current: Record<string, unknown> | null = null,
    /** Everything else that the server said: `received` of a photo, and how long to wait. */
    readonly said: Record<string, unknown> = {},
  ) {
    super(title);
    this.name = 'Problem';
  }

  /** No answer came, or one that says "later": the same request may succeed unchanged. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The sentence for a person: the title, or what is wrong with the first field. */
  get sentence(): string {
    return sentenceOf(this.title, this.errors);
  }
}

/** A reason with what is wrong first, in one sentence. */
export function sentenceOf(title: string, errors: Record<string, string[]>): string {
  const first = Object.values(errors)[0]?.[0];
  return first ? `${title.replace(/[。.]$/, '')}：${first}` : title;
}

const BY_STATUS: Record<number, string> = {
  401: '登录过期了，请重新登录。',
  403: '您没有权限做这件事。',
  404: '找不到，可能已经撤了，或不归您看。',
  412: '刚才有人改动过，请看一眼再办。',
  413: '内容太大了，请少放几张照片。',
  429: '操作太快了，请过一会儿再试。',
};

function fieldErrors(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([field, words]) => [
      field,
      Array.isArray(words) ? words.map(String) : [typeof words === 'string' ? words : '请检查'],
    ]),
  );
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const doc = isRecord(body) ? body : {};
  const spare = BY_STATUS[response.status] ?? '服务器出了点问题，请过一会儿再试。';
  return new Problem(
    response.status,
    typeof doc.code === 'string' ? doc.code : `http_${String(response.status)}`,
    typeof doc.title === 'string' ? doc.title : spare,
    fieldErrors(doc.errors),
    isRecord(doc.current) ? doc.current : null,
    { ...doc, retry_after: Number(response.headers.get('Retry-After') ?? 0) || 0 },
  );
}

export function offlineProblem(): Problem {
  return new Problem(0, 'no_network', '现在没有信号，连上网再试。');
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(-1, 'client_error', '手机上出了点问题，请再试一次。');
}
