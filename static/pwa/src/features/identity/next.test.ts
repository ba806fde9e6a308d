// Where one may be sent after signing in.
import { describe, expect, it } from 'vitest';
import { safeNext } from './next';

describe('the page after signing in', () => {
  it.each(['/tickets/1', '/office/board?queue=to_accept', '/visits/new?household=a%2Db'])(
    'may be %s',
    (next) => expect(safeNext(next)).toBe(next),
  );

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '/%2F/evil.example',
    '/%5Cevil.example',
    '/%zz',
    'today',
    '/sign-in',
    '',
    undefined,
    ['/today'],
  ])('is never %s', (next) => expect(safeNext(next)).toBeNull());
});
