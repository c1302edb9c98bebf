import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, firstExecutable, onPath } from './paths.ts';
import { existing, runTool, type Source } from './provision.ts';
import type { Supervisor } from './supervisor.ts';
import { sdkDownload } from './temporal-cli.ts';

const VERSION = '1.31.0';
const FOLDER = join(CACHE, `temporal-test-server-${VERSION}`);
const WRAPPER = join(FOLDER, 'run.sh');
const DOWNLOADED = join(CACHE, 'temporal-test-server');
const MAVEN_MS = 10 * 60_000;

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;

/** The SDK starts one program, so the Java command line hides in a script. A short-lived server needs no second compiler. */
const wrapper = (java: string): string => `#!/bin/sh
exec '${java}' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '${join(FOLDER, 'lib')}/*' io.temporal.testserver.TestServer "$@"
`;

async function fromMaven(supervisor: Pick<Supervisor, 'run'>): Promise<string> {
  const java = onPath('java');
  const maven = onPath('mvn');
  if (java === undefined || maven === undefined) throw new Error('java and mvn are not both installed');
  mkdirSync(FOLDER, { recursive: true });
  const pom = join(FOLDER, 'pom.xml');
  writeFileSync(pom, POM);
  const output = `-DoutputDirectory=${join(FOLDER, 'lib')}`;
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', '-DincludeScope=runtime', output];
  await runTool(supervisor, { command: maven, args, timeoutMs: MAVEN_MS });
  // Written last: its presence says that the folder is complete.
  writeFileSync(WRAPPER, wrapper(java));
  chmodSync(WRAPPER, 0o755);
  return WRAPPER;
}

/** The ways to a Temporal test server with virtual time. */
export const testServerSources = (supervisor: Pick<Supervisor, 'run'>): readonly Source[] => [
  existing('.cache', () => firstExecutable([...(onPath('java') === undefined ? [] : [WRAPPER]), DOWNLOADED])),
  {
    how: 'Maven Central',
    find(progress) {
      progress('fetching it from Maven Central');
      return fromMaven(supervisor);
    },
  },
  {
    how: 'download by the Temporal SDK',
    find(progress) {
      progress('downloading it');
      return sdkDownload(supervisor, 'time-skipping', DOWNLOADED);
    },
  },
];
