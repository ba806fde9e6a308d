import { describe, expect, it } from 'vitest';
import { subscribing } from './types';

describe('the address that a calendar opens by itself', () => {
  it.each([
    [
      'https://honglin.example/api/v1/calendar/feeds/a.ics',
      'webcal://honglin.example/api/v1/calendar/feeds/a.ics',
    ],
    ['http://127.0.0.1:8107/x.ics', 'webcal://127.0.0.1:8107/x.ics'],
  ])('%s is %s', (url, calendar) => expect(subscribing(url)).toBe(calendar));
});
