// Where a tapped notification may lead.
import { describe, expect, it } from 'vitest';
import { safeTarget } from './push';

describe('a tapped notification', () => {
  it('opens its page inside the app', () => {
    expect(safeTarget('/tickets/1')).toBe('/app/tickets/1');
    expect(safeTarget('/app/today')).toBe('/app/today');
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil', '', null, 7])(
    'opens the inbox for %s',
    (link) => expect(safeTarget(link)).toBe('/app/inbox'),
  );
});
