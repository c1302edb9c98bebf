import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD } from '../api/people.ts';
import { startApi, type TestApi } from '../api/support.ts';
import { DESKTOP, openPage, PHONE, startBrowser } from './support.ts';

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), startBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), api.stop()]);
});

/** A refusal is shown by the browser as a failed request. */
const beyond = (errors: readonly string[], ...statuses: readonly number[]) =>
  errors.filter((line) => !statuses.some((status) => line.includes(`status of ${status}`)));

test('registers with refusals at their fields, adds an account after the warning', async () => {
  const { page, errors, foreign, violations, shoot } = await openPage(browser, api.url, DESKTOP);
  await page.goto(`${api.url}/#/accounts`);
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText('becomes the owner').waitFor();
  await page.getByLabel('Name').fill('maria');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByText('must have at least 12 characters').waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('form-password');
  expect(await violations()).toEqual([]);
  await shoot('sign-up');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');

  await page.getByText('No accounts yet').waitFor();
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByText('can get the account banned').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  // Nothing happens before the box is ticked.
  expect(await page.getByLabel('Phone number').count()).toBe(0);
  expect(await violations()).toEqual([]);
  await shoot('account-warning');
  await page.getByLabel('I understand').check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('api_id').fill('94575');
  await page.getByLabel('api_hash').fill('a3406de8d171bb422bb6ddf3bbd800e2');
  await page.getByLabel('Phone number').fill('hello');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('must be a phone number').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('account-phone');
  await page.getByLabel('Phone number').fill('+7 900 000-00-01');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Code from Telegram').fill('22222');
  await page.getByText('sent to your other Telegram app').waitFor();
  await page.getByText('This sign-in lives').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('account-code');
  await page.keyboard.press('Enter');
  await page.getByLabel('Password of two-step verification').fill('secret');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add an account' }).waitFor();
  expect(api.temporal.calls.filter((call) => call.startsWith('login'))).toEqual([
    'login',
    'login code',
    'login password',
  ]);
  expect({ errors: beyond(errors, 401, 422), foreign }).toEqual({ errors: [], foreign: [] });
});

test('a wrong password is said once, the session ends on demand', async () => {
  const { page, errors, violations } = await openPage(browser, api.url, { ...PHONE, locale: 'ru-RU' });
  await page.goto(`${api.url}/#/settings`);
  await page.getByLabel('Имя').fill('maria');
  await page.getByLabel('Пароль').fill('not this one');
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByText('Неверное имя или пароль').waitFor();
  await page.getByLabel('Пароль').fill(PASSWORD);
  await page.getByRole('button', { name: 'Войти' }).click();
  await page.getByRole('heading', { level: 1, name: 'Настройки' }).waitFor();
  expect(await violations()).toEqual([]);
  await page.getByRole('button', { name: 'Выйти' }).click();
  await page.getByRole('heading', { level: 1, name: 'Войти' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Войти' }).waitFor();
  expect(beyond(errors, 401)).toEqual([]);
});
