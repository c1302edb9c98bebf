import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addProducts, addSource, startApi, type TestApi } from '../api/support.ts';
import { DESKTOP, openPage, PHONE, startBrowser } from './support.ts';

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi(), startBrowser()]);
  const sourceId = await addSource(api, 'Tea shop');
  const many = Array.from({ length: 30 }, (_, n) => ({ title: `Postcard number ${n + 1}`, priceMinor: 9_000 + n }));
  await addProducts(api, sourceId, [
    ...many,
    { title: 'Blue teapot', priceMinor: 210_000, oldPriceMinor: 250_000, description: 'Holds a litre.\nMade of clay.' },
    {
      title: '<img src=x onerror=alert(1)> lamp',
      priceMinor: null,
      images: [],
      availability: null,
      missing: ['price'],
    },
  ]);
  await addProducts(api, sourceId, [
    { title: 'Blue teapot', priceMinor: 190_000, images: ['https://shop.example/a.jpg'] },
  ]);
});
afterAll(async () => {
  await Promise.all([browser.close(), api.stop()]);
});

test('a search by keyboard shows what it finds, and its address can be kept', async () => {
  const { page, errors, foreign, violations, shoot } = await openPage(browser, api.url, DESKTOP);
  await page.goto(api.url);
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('teapot');
  await page.keyboard.press('Enter');
  await page.getByText('1 product shown').waitFor();
  expect(page.url()).toContain('#/products?query=teapot');
  expect(await page.locator('.product').allInnerTexts()).toEqual([expect.stringContaining('1,900')]);
  expect(await violations()).toEqual([]);
  await shoot('products-desktop');
  await page.reload();
  await page.getByText('1 product shown').waitFor();
  expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
});

test('more products come on demand, text of shops stays text', async () => {
  const { page, errors, violations, shoot } = await openPage(browser, api.url, { ...PHONE, colorScheme: 'dark' });
  await page.goto(api.url);
  await page.getByText('24 products shown').waitFor();
  await shoot('products-phone-dark');
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('32 products shown').waitFor();
  await page.getByRole('heading', { name: '<img src=x onerror=alert(1)> lamp' }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expect(await violations()).toEqual([]);
  expect(errors).toEqual([]);
});

test('a price filter asks for a currency first, then filters', async () => {
  const { page } = await openPage(browser, api.url, DESKTOP);
  await page.goto(api.url);
  await page.getByText('Filters').click();
  await page.getByLabel('Price from').fill('1000');
  await page.getByRole('button', { name: 'Search' }).click();
  expect(await page.evaluate(`document.getElementById('currency').validationMessage`)).toContain('Choose a currency');
  await page.getByLabel('Currency').selectOption('RUB');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByText('1 product shown').waitFor();
});

test('nothing found says what to do', async () => {
  const { page } = await openPage(browser, api.url, DESKTOP);
  await page.goto(`${api.url}/#/products?query=xylophonequartz`);
  await page.getByText('Nothing found').waitFor();
  await page.getByText('Try fewer or other words').waitFor();
});

test.each([
  ['desktop', { ...DESKTOP, locale: 'ru-RU' }],
  ['phone-dark', { ...PHONE, colorScheme: 'dark', locale: 'ru-RU' }],
] as const)('one product on %s: price history as a chart by keyboard and as a table', async (name, options) => {
  const { page, errors, foreign, violations, shoot } = await openPage(browser, api.url, options);
  await page.goto(`${api.url}/#/products?query=teapot`);
  await page.getByRole('link', { name: 'Blue teapot' }).click();
  await page.getByRole('heading', { level: 1, name: 'Blue teapot' }).waitFor();
  const chart = page.getByRole('img', { name: 'График цены' });
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await page.locator('.chart-label').innerText()).toContain('2\u00a0100');
  await page.getByText('Изменения цены таблицей').click();
  expect(await page.locator('figure + details tbody tr').count()).toBe(2);
  await page.getByText('Откуда эти данные').click();
  await page.getByText('разметка (JSON-LD)').waitFor();
  expect(await violations()).toEqual([]);
  await shoot(`product-${name}`);
  expect({ errors, foreign }).toEqual({ errors: [], foreign: [] });
});

test('a server that is gone is said, with a way to try again', async () => {
  const { page } = await openPage(browser, api.url, DESKTOP);
  await page.goto(api.url);
  await page.getByText('24 products shown').waitFor();
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Shops' }).click();
  await page.getByText('The server does not answer').waitFor();
  await page.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { level: 1, name: 'Shops' }).waitFor();
});
