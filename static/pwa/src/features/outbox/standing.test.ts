// What the list says of an entry: why it waits, why it was refused, what can be done.
import { describe, expect, it } from 'vitest';
import type { OpenEntry } from '@/core/db';
import { groupOf, tagOf, troubleOf, waitsFor } from './standing';

const plain: OpenEntry = {
  ...{ seq: 1, key: 'k', person_id: 'me', object: 'visit:1', creates: [], form: null },
  ...{ method: 'POST', path: '/x', if_match: null, media: [], state: 'waiting', code: null },
  ...{ attempts: 0, next_try_at: 0, created_at: 0, settled_at: null },
  ...{ receipt: null, received_at: null, sealed: { plain: null } },
  ...{ label: '走访', body: {}, answer: null, reason: null, redo: null },
};
const entry = (change: Partial<OpenEntry>): OpenEntry => ({ ...plain, ...change });

describe('an entry that waits', () => {
  const record = entry({ label: '走访 101', creates: ['ticket:9'] });
  const note = entry({ seq: 2, object: 'ticket:9' });

  it('names what must arrive before it', () => {
    expect(waitsFor(note, [record, note], [])).toBe('等“走访 101”先送到。');
  });

  it('says that the person must mend the other first', () => {
    const refused = entry({ ...record, state: 'refused' });
    expect(waitsFor(note, [refused, note], [])).toContain('没收下，那一条改好了');
  });

  it('says how much of its photos has arrived', () => {
    const both = entry({ media: ['a', 'b'] });
    const half = entry({ object: 'media:b', answer: { received: 20, total: 100 } });
    expect(waitsFor(both, [both], [half])).toBe('先送照片，照片已传 60%。');
    const cut = { ...half, code: 'no_network' };
    expect(waitsFor(both, [both], [cut])).toContain('没有信号');
  });

  it('and was received once counts as arrived until the server says otherwise', () => {
    const offered = entry({ receipt: '1124-AAAAAA' });
    expect([groupOf(offered), tagOf(offered).words]).toEqual(['arrived', '送到了']);
    expect(groupOf({ ...offered, state: 'refused' })).toBe('refused');
  });
});

describe('a record that went to the leader', () => {
  it('is on this phone until the leader has it', () => {
    const handed = entry({ state: 'handed' });
    expect([groupOf(handed), tagOf(handed).words]).toEqual(['unsent', '在手机里']);
    const there = entry({ state: 'handed', receipt: '1124-AAAAAA' });
    expect([groupOf(there), tagOf(there).words]).toEqual(['arrived', '交给负责人了']);
  });
});

describe('a refused entry', () => {
  const redo = { page: '/tickets/1', draft: 'd', form: {} };

  it('names each field that is wrong, and is changed rather than repeated', () => {
    const answer = { errors: { 'ticket.text': ['请填写。'], on: ['太早了。'] } };
    const said = troubleOf(entry({ state: 'refused', answer, redo }));
    expect(said.fields).toEqual(['什么事：请填写。', '日期：太早了。']);
    expect([said.mayChange, said.mayRepeat]).toEqual([true, false]);
  });

  it('of a ticket says how it is now and what one can do, and does not offer what is gone', () => {
    const present = { name: '处理中', moves: [{ verb: 'resolve', name: '办结' }] };
    const move = entry({ object: 'ticket:1', body: { verb: 'start' }, redo, state: 'refused' });
    const said = troubleOf({ ...move, answer: { errors: {}, present } });
    expect(said).toMatchObject({ ticket: '1', mayRepeat: false, mayChange: false });
    expect(said.now).toBe('这件工单现在是“处理中”。您现在可以：办结。');
  });
});
