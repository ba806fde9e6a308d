// What is copied from an entry that could not be sent.
import { expect, it } from 'vitest';
import { wordsIn } from './words';

it('the words that a person wrote are copied, with names for codes and without ids', () => {
  const body = {
    on: '2026-11-26',
    outcome: 'issue',
    method: 'door',
    needs: ['leak'],
    ticket: { id: '0b6f', category: 'facility.lift', text: '电梯晃', public_area: true },
  };
  expect(wordsIn(body)).toEqual(['有事', '上门', '漏水', '电梯晃']);
});
