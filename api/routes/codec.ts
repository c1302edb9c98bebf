import type { RequestHandler } from 'express';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { z } from 'zod';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';

/** A payload as protobuf JSON: bytes are base64. */
const PayloadJson = z.object({
  metadata: z.record(z.string(), z.base64()).optional(),
  data: z.base64().optional(),
});
const Payloads = z.object({ payloads: z.array(PayloadJson).max(1000, 'must be at most 1000 payloads') }).meta({
  title: 'Payloads',
  examples: [{ payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IjQyIg==' }] }],
});

/** Temporal's remote codec protocol, with which its Web UI shows operators what the payloads say. */
export const codecRoutes = (codec: PayloadCodec): Route[] => [
  codecRoute('decode', 'Decrypt payloads for the Temporal Web UI', (payloads) => codec.decode(payloads)),
  codecRoute('encode', 'Encrypt payloads that an operator enters in the Temporal Web UI', (payloads) =>
    codec.encode(payloads),
  ),
];

const codecRoute = (name: string, summary: string, convert: (payloads: Payload[]) => Promise<Payload[]>): Route =>
  route({
    method: 'post',
    path: `/codec/${name}`,
    operationId: `${name}Payloads`,
    tag: 'Operations',
    summary,
    status: 200,
    idempotent: false,
    body: Payloads,
    output: Payloads,
    problems: ['payload-key-unknown', 'payload-damaged'],
    handle: async ({ body }) => ({ body: { payloads: (await convert(body.payloads.map(fromJson))).map(toJson) } }),
  });

const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');

function fromJson({ metadata = {}, data }: z.output<typeof PayloadJson>): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, bytes(value)] as const);
  return { metadata: Object.fromEntries(entries), ...(data !== undefined && { data: bytes(data) }) };
}

function toJson({ metadata, data }: Payload): z.input<typeof PayloadJson> {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)] as const);
  return { metadata: Object.fromEntries(entries), ...(data && { data: base64(data) }) };
}

/** Lets the Temporal Web UI, and no other page, read the codec's answers. */
export const allowWebUi =
  (origins: readonly string[]): RequestHandler =>
  (req, res, next) => {
    const origin = req.get('origin');
    res.vary('Origin');
    if (origin !== undefined) {
      if (!origins.includes(origin)) throw new Problem('foreign-origin', 'only the Temporal Web UI may ask this');
      res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' });
    }
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    res
      .set({
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace',
        'Access-Control-Max-Age': '600',
      })
      .status(204)
      .end();
  };
