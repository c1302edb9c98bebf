import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson, type Person } from './people.ts';
import { pick, startApi, type TestApi } from './support.ts';

let api: TestApi;
let anna: Person;
beforeAll(async () => {
  api = await startApi();
  anna = await addPerson(api);
});
afterAll(async () => await api.stop());

const ask = async (method: string, path: string, body?: unknown) =>
  await api.call(method, path, { headers: anna.headers, ...(body !== undefined && { body }) });

test('a goal with milestones: progress, a review by rules, reached, dropped, taken up', async () => {
  const body = { title: 'Пробежать 100 км', unit: 'км', target: 100, milestones: ['10 км за раз'] };
  const added = await ask('POST', '/api/goals', body);
  expect(added).toMatchObject({ status: 201, json: { title: body.title, progress: 0, share: 0, pace: 'no-date' } });
  const path = `/api/goals/${String(pick(added, 'id'))}`;
  expect(await ask('PUT', `${path}/progress`, { progress: 40 })).toMatchObject({
    json: { share: 0.4, state: 'active' },
  });
  const more = await ask('POST', `${path}/milestones`, { title: 'полумарафон' });
  expect(more).toMatchObject({
    status: 201,
    json: { milestones: [{ title: '10 км за раз' }, { title: 'полумарафон' }] },
  });
  const first = `${path}/milestones/${String(pick(more, 'milestones.0.id'))}`;
  expect(pick(await ask('PUT', first, { done: true }), 'milestones.0.doneAt')).toMatch(/^20/);
  expect(await ask('DELETE', first)).toMatchObject({ json: { milestones: [{ title: 'полумарафон' }] } });
  expect(await ask('DELETE', first)).toMatchObject({ status: 404 });
  const review = await ask('GET', `${path}/review`);
  expect(review).toMatchObject({ json: { source: 'rules', points: [{ kind: 'pace' }, { kind: 'next-milestone' }] } });
  expect(pick(review, 'html')).toContain('совет');
  expect(await ask('PUT', `${path}/check-ins/2027-01-03`, { answer: 'да' })).toMatchObject({ status: 404 });
  expect(await ask('PUT', `${path}/progress`, { progress: 100 })).toMatchObject({ json: { state: 'reached' } });
  expect(await ask('POST', `${path}/drop`)).toMatchObject({ json: { state: 'dropped' } });
  expect(await ask('POST', `${path}/take-up`)).toMatchObject({ json: { state: 'active' } });
  expect(await ask('GET', '/api/goals?state=active')).toMatchObject({ json: { items: [{ title: body.title }] } });
  expect(await ask('DELETE', path)).toMatchObject({ status: 204 });
});

test('advice on a goal says who gives it', async () => {
  const added = await ask('POST', '/api/goals', { title: 'a < b', milestones: ['c & d'] });
  const path = `/api/goals/${String(pick(added, 'id'))}/advice`;
  const advice = await ask('POST', path);
  expect(advice).toMatchObject({ status: 200, json: { source: 'rules' } });
  expect(pick(advice, 'text')).toContain('Следующая веха: c & d.');
  expect(pick(advice, 'html')).toContain('Следующая веха: c &amp; d.');
  expect(pick(advice, 'html')).toContain('💡 Это совет по вашим данным');
  expect(await ask('POST', `/api/goals/${randomUUID()}/advice`)).toMatchObject({ status: 404 });
});

test('a skill rises with what shows it, and a target of nothing is refused', async () => {
  const added = await ask('POST', '/api/skills', { name: 'English', level: 2, targetLevel: 4 });
  const path = `/api/skills/${String(pick(added, 'id'))}`;
  const shown = await ask('POST', `${path}/evidence`, { text: 'led a meeting', level: 3 });
  expect(shown).toMatchObject({ status: 201, json: { level: 3, evidence: [{ text: 'led a meeting', level: 3 }] } });
  expect(await ask('PUT', path, { name: 'English', level: 6 })).toMatchObject({ status: 422 });
  expect(await ask('PUT', `/api/skills/${randomUUID()}`, { name: 'x' })).toMatchObject({ status: 404 });
  expect(await ask('POST', '/api/goals', { title: 'x', target: 0 })).toMatchObject({ status: 422 });
});
