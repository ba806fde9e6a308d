// What is copied from an entry that could not be sent.
import { expect, it } from 'vitest';
import { fieldName, wordsIn } from './words';

it('what a person said is copied line by line, with names for codes and without ids', () => {
  const body = {
    id: '0b6f',
    on: '2026-11-26',
    outcome: 'issue',
    method: 'door',
    needs: ['leak'],
    note: '',
    with_ids: ['77'],
    device_time: '2026-11-26T10:00:00Z',
    ticket: { id: '0b6f', category: 'facility.lift', text: '电梯晃', public_area: true },
  };
  expect(wordsIn(body)).toEqual([
    '日期：2026-11-26',
    '结果：有事',
    '怎么见的：上门',
    '记下的需要：漏水',
    '什么事：电梯晃',
  ]);
});

it('a field inside a ticket is named by its own name', () => {
  expect(fieldName('ticket.text')).toBe('什么事');
  expect(fieldName('something_new')).toBe('填的内容');
});
