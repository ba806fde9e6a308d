// Where to go after signing in: only a path inside this app.
const INSIDE = /^\/(?![/\\])[\w\-./?=&%:]*$/;

export function safeNext(next: unknown): string | null {
  if (typeof next !== 'string' || !INSIDE.test(next)) return null;
  let plain: string;
  try {
    plain = decodeURIComponent(next);
  } catch {
    return null;
  }
  return INSIDE.test(plain) && !plain.startsWith('/sign-in') ? next : null;
}
