import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { decodeText } from '../../../providers/shops/fetch/charset.ts';

const File = z.object({
  cases: z.array(
    z.object({ id: z.string(), contentType: z.string().nullable(), bytesBase64: z.string(), h1: z.string() }),
  ),
});

/** Decodes each page of charset.json and compares its heading. */
export async function run(file: string) {
  const { cases } = File.parse(JSON.parse(await readFile(file, 'utf8')));
  const failures = cases.flatMap(({ id, contentType, bytesBase64, h1 }) => {
    const { text, encoding } = decodeText(Buffer.from(bytesBase64, 'base64'), contentType);
    const heading = /<h1>(.*?)<\/h1>/s.exec(text)?.[1] ?? '';
    return heading === h1 && !text.startsWith('\uFEFF') ? [] : [`${id}: read as ${encoding}, heading ${heading}`];
  });
  return { passed: cases.length - failures.length, failed: failures.length, failures };
}
