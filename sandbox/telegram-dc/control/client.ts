import type { z } from 'zod';
import { contract, type CommandSpec } from './contract.ts';

/** The control API as functions. Each rejects with the datacentre's own words when it refuses a command. */
export type TelegramDcControl = ReturnType<typeof createControlClient>;

/** `url` is what the datacentre was started with, without a slash at the end. */
export function createControlClient(url: string) {
  const remote =
    <Input extends z.ZodType, Output extends z.ZodType>(name: string, { output }: CommandSpec<Input, Output>) =>
    async (input: z.input<Input>): Promise<z.output<Output>> => {
      const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(input) });
      if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
      return output.parse(await response.json());
    };
  return {
    status: remote('status', contract.status),
    addUser: remote('addUser', contract.addUser),
    changeUser: remote('changeUser', contract.changeUser),
    users: remote('users', contract.users),
    codes: remote('codes', contract.codes),
    revoke: remote('revoke', contract.revoke),
    addAuthKey: remote('addAuthKey', contract.addAuthKey),
    addChannel: remote('addChannel', contract.addChannel),
    changeChannel: remote('changeChannel', contract.changeChannel),
    channels: remote('channels', contract.channels),
    releaseGifts: remote('releaseGifts', contract.releaseGifts),
    changeGift: remote('changeGift', contract.changeGift),
    gifts: remote('gifts', contract.gifts),
    savedGifts: remote('savedGifts', contract.savedGifts),
    addFaults: remote('addFaults', contract.addFaults),
    faults: remote('faults', contract.faults),
    clearFaults: remote('clearFaults', contract.clearFaults),
    setRoundTrip: remote('setRoundTrip', contract.setRoundTrip),
    advanceClock: remote('advanceClock', contract.advanceClock),
    ledger: remote('ledger', contract.ledger),
    ledgers: remote('ledgers', contract.ledgers),
    requests: remote('requests', contract.requests),
    clearRequests: remote('clearRequests', contract.clearRequests),
    counters: remote('counters', contract.counters),
    disconnect: remote('disconnect', contract.disconnect),
  };
}
