import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi } from '../api/support.ts';
import { addDrop, addGiftWorld, changeLedger, LANTERN, signInBrowser, TEAPOT, type GiftWorld } from './gift-world.ts';
import { DESKTOP, openPage, PHONE, startBrowser } from './support.ts';

let api: TestApi;
let browser: Browser;
let world: GiftWorld;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), startBrowser()]);
  world = await addGiftWorld(api);
});
afterAll(async () => {
  await Promise.all([browser.close(), api.stop()]);
});

const open = async (path: string, options: BrowserContextOptions) => {
  const opened = await openPage(browser, api.url, options);
  await signInBrowser(opened.page.context(), api.url, world.person);
  await opened.page.goto(`${api.url}/#${path}`);
  return opened;
};
const sql = async (text: string, values: readonly unknown[] = []) => await api.em().execute(text, [...values]);
const PAGE_WIDTH = 'document.documentElement.scrollWidth';
/** A refusal is shown by the browser as a failed request. */
const beyond = (errors: readonly string[], status: number) =>
  errors.filter((line) => !line.includes(`status of ${status}`));

test('gifts appear and change while one looks; the picture moves when it is pointed at', async () => {
  const { page, errors, foreign, violations, shoot } = await open('/gifts', DESKTOP);
  const teapot = page.locator(`[data-gift="${TEAPOT.id}"]`);
  await teapot.getByText('1,200 of 5,000 left').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('Auction only').waitFor();
  const picture = teapot.locator('.motion');
  await expect.poll(() => picture.getAttribute('data-frames')).toBe('60');
  await teapot.hover();
  await expect.poll(() => picture.getAttribute('data-moving')).toBe('true');
  expect(await violations()).toEqual([]);
  await shoot('gifts-desktop');
  await changeLedger(api, world.person.id, [LANTERN]);
  await page.locator(`[data-gift="${LANTERN.id}"]`).getByText('1,000 of 1,000 left').waitFor();
  await sql('update star_gift set remaining = 7 where gift_id = ?', [LANTERN.id]);
  await page.locator(`[data-gift="${LANTERN.id}"]`).getByText('7 of 1,000 left').waitFor();
  await page.getByLabel('Show', { exact: true }).selectOption('sold out');
  await page.getByText('Sold out in 42 sec').waitFor();
  expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
});

test('buying automatically takes a cap first; then it is switched on, paused, switched off; a look tells its stages', async () => {
  const { page, errors, violations } = await open('/gifts', DESKTOP);
  const toggle = page.getByRole('switch', { name: 'Buy automatically' });
  await toggle.focus();
  await page.keyboard.press('Space');
  await page.getByRole('link', { name: 'Set a cap in the settings' }).waitFor();
  expect(await toggle.isChecked()).toBe(false);
  expect(await violations()).toEqual([]);
  await page.getByRole('link', { name: 'Set a cap in the settings' }).click();
  await page.getByLabel('All accounts, in a day').fill('5 000');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => await sql('select cap_day_stars::int as cap from user_settings'))
    .toEqual([{ cap: 5000 }]);
  await page.getByRole('link', { name: 'Star gifts' }).click();
  await toggle.click();
  await page.getByText('Watching', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await page.getByText('3 gifts in the list').waitFor();
  await toggle.click();
  await page.getByText('Off', { exact: true }).waitFor();
  expect(api.temporal.calls.filter((call) => call !== 'ping')).toEqual([
    'watch on',
    'watch pause',
    'poll',
    'watch off',
  ]);
  expect(beyond(errors, 422)).toEqual([]);
});

test('a gift is bought after a question, once', async () => {
  const { page, errors, violations, shoot } = await open('/gifts', { ...PHONE, locale: 'en-GB' });
  await page.getByRole('button', { name: 'Buy now: Teapot' }).click();
  const dialog = page.getByRole('dialog', { name: 'Buy «Teapot»?' });
  await dialog.getByText('500 stars are spent by Anna; 3,700 are left.').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('buy-phone');
  await dialog.getByLabel('Paid by').selectOption({ label: 'Boris · 90 stars' });
  await dialog.getByText('Boris lacks 410 stars.').waitFor();
  await dialog.getByText('could not send to «My gifts»').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Buy now');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Buy for 500 stars' }).dblclick();
  await page.getByRole('heading', { level: 1, name: /By hand/ }).waitFor();
  expect(api.temporal.bought).toHaveLength(1);
  expect(await page.evaluate(PAGE_WIDTH)).toBeLessThanOrEqual(360);
  expect(errors).toEqual([]);
});

test('a drop is followed purchase by purchase to its report', async () => {
  const { page, errors, foreign, violations, shoot } = await open('/drops', DESKTOP);
  await page.getByRole('button', { name: 'What would be bought now?' }).click();
  await page.getByText('Buying automatically is off').waitFor();
  await page.getByRole('heading', { name: 'Not bought' }).waitFor();
  const id = await addDrop(api, world);
  await page.locator(`[data-drop="${id}"]`).getByText('3 under way').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('drops-desktop');
  await page.locator(`[data-drop="${id}"] a`).click();
  await page.getByText('It is sold by auction only').waitFor();
  const row = (seq: number) => page.locator(`[data-seq="${seq}"]`);
  await row(1).getByText('Planned').waitFor();
  expect(await page.getByText('First payment form').count()).toBe(0);
  const move = `update purchase set state = ?, code = ?, decided_at = now() where drop_id = ? and seq = ?`;
  await sql(
    `update purchase set form_at = d.detected_at + interval '210 ms' from drop_run d where d.id = drop_id and seq = 1 and drop_id = ?`,
    [id],
  );
  await sql(move, ['SENDING', null, id, 1]);
  await page.getByText('First payment form after 210 ms').waitFor();
  await row(1).getByText('Being paid').waitFor();
  await sql(move, ['PAID', null, id, 1]);
  await sql(move, ['REJECTED', 'STARGIFT_USAGE_LIMITED', id, 2]);
  await sql(move, ['UNKNOWN', 'TIMEOUT', id, 3]);
  await row(1).getByText('Bought').waitFor();
  await row(2).getByText('Sold out before it could be paid').waitFor();
  await row(3).getByText('we look up whether it was paid').waitFor();
  await page.getByRole('button', { name: 'Stop buying' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Stop buying' }).click();
  await page.getByText('nothing more is bought').waitFor();
  const report = {
    messages: ['🧾 <b>Autobuy report</b>\nTeapot &amp; more'],
    gifts: 4,
    bought: 1,
    spentStars: 500,
    unknown: 1,
  };
  await sql(`update drop_run set state = 'stopped', finished_at = now(), report = ?::jsonb where id = ?`, [
    JSON.stringify(report),
    id,
  ]);
  await page.getByText('Teapot & more').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('drop-desktop');
  expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
});

const PAGES = [
  ['gifts', 'Звёздные подарки'],
  ['drops', 'Выпуски'],
  ['accounts', 'Аккаунты Telegram'],
  ['channels', 'Каналы'],
  ['settings', 'Настройки'],
] as const;

test('in Russian, dark, on a phone: every page fits and is accessible', async () => {
  const options = { ...PHONE, locale: 'ru-RU', colorScheme: 'dark' } as const;
  const { page, errors, violations, shoot } = await open('/gifts', options);
  for (const [name, heading] of PAGES) {
    await page.goto(`${api.url}/#/${name}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect([name, await violations()]).toEqual([name, []]);
    await shoot(`${name}-phone-ru-dark`);
    expect([name, await page.evaluate(PAGE_WIDTH)]).toEqual([name, 360]);
  }
  expect(errors).toEqual([]);
});

test('an account is looked up with its stages, a channel is checked and changed', async () => {
  const { page, errors, violations, shoot } = await open('/accounts', DESKTOP);
  await page.getByRole('button', { name: 'Refresh: Anna' }).click();
  await page.getByText('Done', { exact: true }).waitFor();
  await page.locator('.source', { hasText: 'Anna' }).getByText('77', { exact: false }).first().waitFor();
  expect(await violations()).toEqual([]);
  await shoot('accounts-desktop');
  await page.getByRole('link', { name: 'Channels' }).click();
  await page.getByText('the account is not a member').waitFor();
  await shoot('channels-desktop');
  await page.getByRole('button', { name: 'Change: My gifts' }).click();
  await page.getByLabel('Price from, stars').fill('9000');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('must be at least priceMin').waitFor();
  await page.getByLabel('Price from, stars').fill('100');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('100 – 3,000').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Buy without any cap').check();
  await page.getByText('All stars of all accounts may be spent at once').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('settings-desktop');
  expect(beyond(errors, 422)).toEqual([]);
});
