import { Client, Connection } from '@temporalio/client';
import { dataConverter } from './payload-codec.ts';
import type { KeyRing } from './payload-codec.ts';

export interface TemporalOptions {
  readonly address: string;
  readonly namespace: string;
  readonly keys: KeyRing;
}

/** Connects to Temporal; payloads leave this process encrypted. @throws when the server does not answer within 10 s */
export async function connectTemporal({ address, namespace, keys }: TemporalOptions): Promise<Client> {
  const connection = await Connection.connect({ address, connectTimeout: '10s' });
  return new Client({ connection, namespace, dataConverter: dataConverter(keys) });
}
