import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { consequenceOf, isKnownCode, plainCode } from '../../providers/telegram-account/consequences.ts';

const official = new URL('../../../shared/data/mtproto-errors.json', import.meta.url);
const METHODS = [
  ...['auth.sendCode', 'auth.resendCode', 'auth.signIn', 'auth.checkPassword', 'auth.logOut', 'account.getPassword'],
  ...['payments.getStarGifts', 'payments.getPaymentForm', 'payments.sendStarsForm', 'payments.getStarsTransactions'],
  ...['payments.getStarsStatus', 'payments.getSavedStarGifts', 'users.getUsers', 'channels.getFullChannel'],
  ...['contacts.resolveUsername', 'messages.getDialogs', 'upload.getFile', 'help.getPremiumPromo', 'help.getConfig'],
];
const Errors = z.object({ errors: z.record(z.string(), z.record(z.string(), z.array(z.string()))) });
/** Sent by Telegram's own layer to any method, answered by the library or by their class (303, 5xx). */
const isForAnyMethod = (methods: readonly string[]) => methods.length === 0;

test.skipIf(!existsSync(official))('every documented code of the methods that are called has a consequence', () => {
  const { errors } = Errors.parse(JSON.parse(readFileSync(official, 'utf8')));
  const missing = Object.entries(errors).flatMap(([status, codes]) =>
    Object.entries(codes)
      .filter(([, methods]) => isForAnyMethod(methods) || methods.some((method) => METHODS.includes(method)))
      .map(([text]) => plainCode(text))
      .filter((code) => !isKnownCode(code) && Number(status) > 0 && Number(status) < 500),
  );
  expect(missing).toEqual([]);
});

test('numbers in a code are told apart from the code', () => {
  expect(plainCode('FLOOD_WAIT_312')).toBe('FLOOD_WAIT_X');
  expect(plainCode('FLOOD_WAIT_%d')).toBe('FLOOD_WAIT_X');
  expect(plainCode('STARGIFT_TRANSFER_TOO_EARLY_86400')).toBe('STARGIFT_TRANSFER_TOO_EARLY_X');
  expect(plainCode('FILE_PART_3_MISSING')).toBe('FILE_PART_X_MISSING');
});

test('a code that nobody documented refuses for good', () => {
  expect(consequenceOf('STARGIFT_FROM_THE_FUTURE')).toBe('refused');
});
