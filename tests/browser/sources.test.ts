import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCrawl } from '../../db/repositories/crawls.ts';
import { addSource, startApi, type TestApi } from '../api/support.ts';
import { DESKTOP, openPage, PHONE, startBrowser } from './support.ts';

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), startBrowser()]);
});
afterAll(async () => {
  await Promise.all([browser.close(), api.stop()]);
});

const sql = async (text: string, values: readonly unknown[] = []) => await api.em().execute(text, [...values]);

test('an empty list says how to begin; a shop is tried, refused with reasons at its fields, and saved', async () => {
  const { page, errors, foreign, violations, shoot } = await openPage(browser, api.url, DESKTOP);
  await page.goto(`${api.url}/#/sources`);
  await page.getByText('No shops yet').waitFor();
  await page.getByRole('button', { name: 'Add a shop' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Bookshop');
  await page.getByLabel('Address', { exact: true }).fill('not an address');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('#form-url-error').waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('form-url');
  expect(await violations()).toEqual([]);
  await page.getByLabel('Address', { exact: true }).fill('https://shop.example/');
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('This is a product').waitFor();
  await page.getByText('Чашка').waitFor();
  await shoot('sources-form');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: /Bookshop/ }).waitFor();
  // The refusal itself is shown by the browser as a failed request.
  expect(errors.filter((line) => !line.includes('422'))).toEqual([]);
  expect(foreign).toEqual([]);
});

test('a crawl is started, followed live, held and let go; its failed pages have reasons', async () => {
  const name = 'Live shop';
  const sourceId = await addSource(api, name);
  const { page, errors, violations, shoot } = await openPage(browser, api.url, { ...PHONE, locale: 'en-GB' });
  await page.goto(`${api.url}/#/sources`);
  const card = page.locator('.source', { hasText: name });
  await card.getByRole('button', { name: `Crawl: ${name}` }).click();
  await card.getByText('0 pages read').waitFor();
  await sql('update crawl set fetched = 7, products = 5, created = 5 where source_id = ?', [sourceId]);
  await card.getByText('7 pages read · 5 products found · 5 new').waitFor();
  expect(await violations()).toEqual([]);
  await shoot('sources-live-phone');
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(() => api.temporal.calls.at(-1)).toBe('pause');
  await sql(
    `insert into frontier_page (source_id, crawl_id, url, kind, depth, state, reason)
     select source_id, id, 'https://shop.example/broken', 'product', 1, 'failed', 'status 500' from crawl where source_id = ?`,
    [sourceId],
  );
  await sql(`update crawl set failed = 1, state = 'completed', finished_at = now() where source_id = ?`, [sourceId]);
  await card.getByText('Pages that failed').click();
  await card.getByText('https://shop.example/broken – status 500').waitFor();
  expect(errors).toEqual([]);
});

test('Russian, dark, on a desktop', async () => {
  const sourceId = await addSource(api, 'Лавка');
  const crawlId = '00000000-0000-4000-8000-000000000001';
  await insertCrawl(api.em(), { sourceId, crawlId, mode: 'full' });
  await sql('update crawl set fetched = 22, products = 21 where id = ?', [crawlId]);
  const options = { ...DESKTOP, locale: 'ru-RU', colorScheme: 'dark' } as const;
  const { page, violations, shoot } = await openPage(browser, api.url, options);
  await page.goto(`${api.url}/#/sources`);
  await page.getByText('прочитано 22 страницы · найден 21 товар').waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('ru');
  expect(await violations()).toEqual([]);
  await shoot('sources-ru-dark');
});
