import { setTimeout as sleep } from 'node:timers/promises';
import type { Datacentre } from './datacentre.ts';
import { Faults, type Fault } from './faults.ts';
import type { Methods } from './methods/method.ts';
import { RpcRefusal, type RpcCall, type RpcOutcome } from './mtproto/rpc.ts';
import { RequestLog, preciseNow } from './request-log.ts';
import type { AuthKey } from './state/records.ts';
import { TlError, isTlObject, objectField, objectsField, type TlObject, type TlValue } from './tl/value.ts';
import { writeObject, writeValue } from './tl/writer.ts';

/** What a key whose session was ended may still do: look around and log in anew. */
const OPEN_TO_ENDED = /^(help\.|auth\.(sendCode|resendCode|cancelCode|signIn|checkPassword)$|account\.getPassword$)/;
/** What a frozen account may no longer do; it can still look around. */
const CLOSED_TO_FROZEN = /^(payments\.(getPaymentForm|sendStarsForm)|messages\.send|channels\.join)/;

/** Runs calls: fault, method, answer, each with half of the artificial round trip before and after. */
export class Dispatcher {
  readonly faults = new Faults();
  readonly log = new RequestLog();
  /** Calls that failed by a fault of this program, with its stack. */
  readonly brokenCalls: string[] = [];
  /** Artificial round trip of every call, ms. */
  roundTripMs = 0;
  readonly #dc: Datacentre;
  readonly #methods: Methods;

  constructor(dc: Datacentre, methods: Methods) {
    this.#dc = dc;
    this.#methods = methods;
  }

  async call({ request, authKeyId, host }: RpcCall): Promise<RpcOutcome> {
    const account = this.#dc.store.authKeys.get(authKeyId)?.userId ?? null;
    const entry = this.log.begin({ method: request._, account, host, giftId: giftOf(request) });
    await this.#wait(this.roundTripMs / 2);
    const fault = this.faults.take(request._, this.#namesOf(account));
    entry.fault = fault?.kind ?? null;
    const { answer, ...ending } = await this.#run(fault, async () => await this.#answer(request, authKeyId));
    await this.#wait(this.roundTripMs / 2 + (fault?.kind === 'late' ? fault.delayMs : 0));
    if (answer === null) return { ...ending, answer: null };
    if (!ending.cutsConnection) {
      Object.assign(entry, { answeredAt: preciseNow(), answer: answer.name, giftCount: answer.giftCount });
    }
    return { ...ending, answer: answer.body };
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms);
  }

  #namesOf(account: string | null): string[] {
    return account === null ? [] : [account, this.#dc.user(account).phone];
  }

  async #run(fault: Fault | null, answer: () => Promise<Answer>): Promise<Ending> {
    const isDone = fault === null || !('when' in fault) || fault.when === 'after';
    const honest = isDone ? await answer() : null;
    return fault === null ? { ...HONEST, answer: honest } : spoil(fault, honest);
  }

  async #answer(request: TlObject, authKeyId: string): Promise<Answer> {
    try {
      return encode(await this.#do(request, authKeyId));
    } catch (error) {
      if (error instanceof RpcRefusal) return refusal(error);
      if (error instanceof TlError) return refusal(new RpcRefusal(400, 'INPUT_REQUEST_INVALID'));
      // A fault of this program: kept for tests to see, and told to the client as one that no retry helps.
      this.brokenCalls.push(
        `${request._}: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown error'}`,
      );
      return refusal(new RpcRefusal(400, 'SANDBOX_BROKEN'));
    }
  }

  async #do(request: TlObject, authKeyId: string): Promise<TlValue> {
    const method = this.#methods[request._];
    if (method === undefined) throw new RpcRefusal(400, 'METHOD_INVALID');
    const key = this.#keyFor(request, authKeyId);
    const user = () => this.#dc.userOf(key);
    const isClosedToFrozen = CLOSED_TO_FROZEN.test(request._);
    if (isClosedToFrozen && user().state === 'frozen') throw new RpcRefusal(420, 'FROZEN_METHOD_INVALID');
    return await method({ dc: this.#dc, request, key, user });
  }

  #keyFor(request: TlObject, authKeyId: string): AuthKey {
    const key = this.#dc.store.authKeys.get(authKeyId);
    if (key === undefined) throw new RpcRefusal(401, 'AUTH_KEY_UNREGISTERED');
    if (key.end === 'AUTH_KEY_DUPLICATED') throw new RpcRefusal(406, key.end);
    if (key.end !== null && !OPEN_TO_ENDED.test(request._)) throw new RpcRefusal(401, key.end);
    return key;
  }
}

const HONEST = { cutsConnection: false, isRemembered: true } as const;

/** An answer in its bytes, and what the log says of it. */
interface Answer {
  readonly body: Buffer;
  readonly name: string;
  readonly giftCount: number | null;
}

type Ending = Omit<RpcOutcome, 'answer'> & { readonly answer: Answer | null };

/** What becomes of an answer; null = the call was not done. */
function spoil(fault: Fault, honest: Answer | null): Ending {
  switch (fault.kind) {
    case 'late':
      return { ...HONEST, answer: honest };
    case 'drop':
      return { answer: honest, cutsConnection: true, isRemembered: honest !== null };
    case 'forget':
      return { answer: honest, cutsConnection: true, isRemembered: false };
    case 'hang':
      return { ...HONEST, answer: null };
    case 'error':
      return { ...HONEST, answer: refusal(new RpcRefusal(fault.code, fault.message)) };
  }
}

function refusal({ code, message }: RpcRefusal): Answer {
  const body = writeObject({ _: 'mt_rpc_error', error_code: code, error_message: message });
  return { body, name: message, giftCount: null };
}

/** @throws Error when the value does not fit the schema */
function encode(value: TlValue): Answer {
  const isList = isTlObject(value) && value._ === 'payments.starGifts';
  return {
    body: encodeOrThrow(value),
    name: isTlObject(value) ? value._ : typeof value,
    giftCount: isList ? objectsField(value, 'gifts').length : null,
  };
}

function encodeOrThrow(value: TlValue): Buffer {
  try {
    return writeValue(value);
  } catch (error) {
    throw new Error('the answer does not fit the schema', { cause: error });
  }
}

function giftOf(request: TlObject): string | null {
  if (request._ !== 'payments.getPaymentForm' && request._ !== 'payments.sendStarsForm') return null;
  const gift = objectField(request, 'invoice')['gift_id'];
  return typeof gift === 'bigint' ? gift.toString() : null;
}
