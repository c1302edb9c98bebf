import { expect, it } from 'vitest';
import { figure } from './suite.ts';

const result = { passed: 1, failed: 0, failures: [], lines: ['price F1 0.912', 'amount 99.50 % (199 of 200)'] };

it('reads a figure from the printed lines', () => {
  expect(figure(result, 'price F1')).toBe(0.912);
  expect(figure(result, 'amount')).toBe(99.5);
});

it('says which figure was not printed', () => {
  expect(() => figure(result, 'sku F1')).toThrow('no figure "sku F1"');
});
