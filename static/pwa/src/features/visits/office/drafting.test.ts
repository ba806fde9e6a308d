// A round that is half written outlives the page.
import { beforeEach, expect, it } from 'vitest';
import { db } from '@/core/db';
import { draftsKept } from '@/core/draft';
import { keepSession } from '@/core/owner';
import { newRound } from './drafting';

const WINDOWS = [{ days: 'workday', from: '18:30', to: '20:30' }];

beforeEach(async () => {
  await Promise.all(db.tables.map((table) => table.clear()));
  await keepSession({ person: { id: 'me' }, csrf_token: 'token' });
});

it('opens again with what was written, until it is let go', async () => {
  const first = await newRound(WINDOWS, []);
  first.form.title = '入冬走访';
  first.form.whom.building_ids.push('b1');
  await draftsKept();
  const again = await newRound(WINDOWS, []);
  expect(again.form).toMatchObject({ title: '入冬走访', whom: { building_ids: ['b1'] } });
  await again.forget();
  expect((await newRound(WINDOWS, [])).form.title).toBe('');
});

it('is for the households that were picked just now, whoever it was for before', async () => {
  const first = await newRound(WINDOWS, []);
  first.form.title = '入冬走访';
  first.form.whom.building_ids.push('b1');
  await draftsKept();
  const { form } = await newRound(WINDOWS, ['h1', 'h2']);
  expect(form.title).toBe('入冬走访');
  expect(form.whom).toEqual({ care_levels: [], building_ids: [], household_ids: ['h1', 'h2'] });
});

it('does not begin on a day that has passed while it lay here', async () => {
  const first = await newRound(WINDOWS, []);
  first.form.title = '入冬走访';
  first.form.starts_on = '2020-01-01';
  first.form.ends_on = '2020-01-14';
  await draftsKept();
  const { form } = await newRound(WINDOWS, []);
  expect(form.starts_on > '2020-01-14').toBe(true);
  expect(form.ends_on > form.starts_on).toBe(true);
});
