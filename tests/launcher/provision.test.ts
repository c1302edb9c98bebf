import { describe, expect, test } from 'vitest';
import { existing, firstThatWorks, type Source } from '../../scripts/launcher/provision.ts';
import { provisionTemporalCli, temporalCliSources } from '../../scripts/launcher/temporal-cli.ts';

const silent = (): void => undefined;
const broken = (how: string, why: string): Source => ({ how, find: () => Promise.reject(new Error(why)) });

describe('finding a program', () => {
  test('the first way that works is taken and later ones are not tried', async () => {
    const tried: string[] = [];
    const way = (how: string, path?: string) => existing(how, () => (tried.push(how) > 0 ? path : undefined));
    const found = await firstThatWorks([way('one'), way('two', '/two'), way('three', '/three')], silent);
    expect(found).toEqual({ path: '/two', how: 'two' });
    expect(tried).toEqual(['one', 'two']);
  });

  test('when none works each says why', async () => {
    const found = await firstThatWorks([existing('PATH', () => undefined), broken('download', 'no network')], silent);
    expect(found).toEqual({ path: undefined, reasons: ['PATH: not there', 'download: no network'] });
  });
});

describe('the Temporal server', () => {
  test('is looked for on the PATH, in the cache, in the SDK’s download and built with Go, in this order', () => {
    const ways = temporalCliSources({ run: () => Promise.resolve() }).map(({ how }) => how);
    expect(ways[0]).toContain('PATH');
    expect(ways[1]).toContain('.cache');
    expect(ways.slice(2)).toEqual(['download by the Temporal SDK', 'go install']);
  });

  test('that cannot be had is one message: what was tried, and three things to do', async () => {
    const attempt = provisionTemporalCli(
      [broken('download by the Temporal SDK', 'dns error'), broken('go install', 'Go is not installed')],
      silent,
    );
    const error: unknown = await attempt.catch((err: unknown) => err);
    expect(error).toMatchObject({ name: 'SetupError' });
    expect(String(error)).toMatch(/dns error[^]*Go is not installed[^]*on the PATH[^]*install Go[^]*TEMPORAL_ADDRESS=/);
  });
});
