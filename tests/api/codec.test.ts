import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EncryptionCodec } from '../../client/payload-codec.ts';
import { TEST_KEYS } from './recording-accounts.ts';
import { pick, startApi, type TestApi } from './support.ts';

const UI = 'http://localhost:8233';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const clear = {
  payloads: [
    { metadata: { encoding: base64('json/plain') }, data: base64('{"sourceId":"Кружка"}') },
    { metadata: { encoding: base64('binary/null') } },
  ],
};

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

describe('the remote codec', () => {
  test('decodes what it encoded, which nobody else can read', async () => {
    const sealed = await api.call('POST', '/codec/encode', { body: clear });
    expect(sealed.status).toBe(200);
    expect(pick(sealed, 'payloads.0.metadata.encoding')).toBe(base64('binary/encrypted'));
    expect(pick(sealed, 'payloads.0.metadata.encryption-key-id')).toBe(base64('test'));
    expect(String(pick(sealed, 'payloads.0.data'))).not.toContain(base64('sourceId').slice(0, 8));
    const opened = await api.call('POST', '/codec/decode', { body: sealed.json });
    expect(opened.json).toMatchObject({ payloads: [clear.payloads[0], { metadata: clear.payloads[1]?.metadata }] });
  });

  test('reads what a worker with the same keys has sealed', async () => {
    const [payload] = await new EncryptionCodec(TEST_KEYS).encode([
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('42') },
    ]);
    const { metadata = {}, data } = payload ?? {};
    const body = {
      payloads: [
        {
          metadata: Object.fromEntries(
            Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
          ),
          data: Buffer.from(data ?? []).toString('base64'),
        },
      ],
    };
    const reply = await api.call('POST', '/codec/decode', { body });
    expect(pick(reply, 'payloads.0.data')).toBe(base64('42'));
  });

  test('leaves what is not encrypted as it is', async () => {
    const reply = await api.call('POST', '/codec/decode', { body: { payloads: [clear.payloads[0]] } });
    expect(reply.json).toEqual({ payloads: [clear.payloads[0]] });
  });

  test('names the key that is missing', async () => {
    const url = await api.serve(
      {},
      { codec: new EncryptionCodec({ current: 'new', keys: { new: new Uint8Array(32) } }) },
    );
    const sealed = await api.call('POST', '/codec/encode', { body: clear });
    expect(await api.call('POST', '/codec/decode', { url, body: sealed.json })).toMatchObject({
      status: 422,
      json: {
        type: '/problems/payload-key-unknown',
        detail: 'there is no payload encryption key «test» in the key ring',
      },
    });
  });

  test.each([
    ['changed', (data: Buffer) => Buffer.concat([data.subarray(0, 20), Buffer.from('!'), data.subarray(21)])],
    ['cut off', (data: Buffer) => data.subarray(0, 10)],
  ])('refuses a payload that was %s', async (_what, damage) => {
    const sealed = await api.call('POST', '/codec/encode', { body: clear });
    const data = damage(Buffer.from(String(pick(sealed, 'payloads.0.data')), 'base64')).toString('base64');
    const body = { payloads: [{ metadata: pick(sealed, 'payloads.0.metadata'), data }] };
    expect(await api.call('POST', '/codec/decode', { body })).toMatchObject({
      status: 422,
      json: { type: '/problems/payload-damaged' },
    });
  });

  test('takes bytes as base64 only', async () => {
    const reply = await api.call('POST', '/codec/decode', { body: { payloads: [{ data: 'ключ' }] } });
    expect(reply).toMatchObject({ status: 422, json: { errors: [{ path: 'payloads.0.data' }] } });
  });
});

describe('a browser may ask the codec', () => {
  test('from the Web UI, with a preflight', async () => {
    const preflight = await api.call('OPTIONS', '/codec/decode', {
      headers: { origin: UI, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(UI);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-namespace');
    const reply = await api.call('POST', '/codec/decode', { body: clear, headers: { origin: UI } });
    expect(reply.headers.get('access-control-allow-origin')).toBe(UI);
  });

  test('from no other page', async () => {
    for (const method of ['OPTIONS', 'POST']) {
      const options = { headers: { origin: 'https://evil.example' }, ...(method === 'POST' && { body: clear }) };
      const reply = await api.call(method, '/codec/decode', options);
      expect(reply.status).toBe(403);
      expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('as an operator only, where a token is set', async () => {
    const url = await api.serve({ operatorToken: 'kJ8vQ2xWm4ZrT7pLs9Yb3Nc6' });
    expect((await api.call('POST', '/codec/decode', { url, body: clear, headers: { origin: UI } })).status).toBe(401);
  });
});
