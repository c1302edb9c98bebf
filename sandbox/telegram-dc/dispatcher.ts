import { setTimeout as sleep } from 'node:timers/promises';
import type { Datacentre } from './datacentre.ts';
import { Faults, type Fault } from './faults.ts';
import type { Methods } from './methods/method.ts';
import { RpcRefusal, type RpcAnswer, type RpcCall, type RpcOutcome } from './mtproto/rpc.ts';
import { RequestLog, preciseNow } from './request-log.ts';
import type { AuthKey } from './state/records.ts';
import { TlError, isTlObject, objectField, type TlObject } from './tl/value.ts';

const WITHOUT_LOGIN_OR_CHANGE = new Set(['help.getConfig', 'help.getNearestDc']);
/** What a frozen account may no longer do; it can still look around. */
const CLOSED_TO_FROZEN = /^(payments\.(getPaymentForm|sendStarsForm)|messages\.send|channels\.join)/;

/** Runs calls: fault, method, answer, each with half of the artificial round trip before and after. */
export class Dispatcher {
  readonly faults = new Faults();
  readonly log = new RequestLog();
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
    const outcome = await this.#run(fault, async () => await this.#answer(request, authKeyId));
    await this.#wait(this.roundTripMs / 2 + (fault?.kind === 'late' ? fault.delayMs : 0));
    if (outcome.answer !== null && !outcome.cutsConnection) {
      entry.answeredAt = preciseNow();
      entry.answer = nameOf(outcome.answer);
    }
    return outcome;
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms);
  }

  #namesOf(account: string | null): string[] {
    return account === null ? [] : [account, this.#dc.user(account).phone];
  }

  async #run(fault: Fault | null, answer: () => Promise<RpcAnswer>): Promise<RpcOutcome> {
    const isSkipped = fault !== null && 'when' in fault && fault.when === 'before';
    const honest = isSkipped ? null : await answer();
    switch (fault?.kind) {
      case undefined:
      case 'late':
        return { answer: honest, cutsConnection: false, isRemembered: true };
      case 'drop':
        return { answer: honest, cutsConnection: true, isRemembered: !isSkipped };
      case 'forget':
        return { answer: honest, cutsConnection: true, isRemembered: false };
      case 'hang':
        return { answer: null, cutsConnection: false, isRemembered: true };
      case 'error':
        return {
          answer: { error: new RpcRefusal(fault.code, fault.message) },
          cutsConnection: false,
          isRemembered: true,
        };
    }
  }

  async #answer(request: TlObject, authKeyId: string): Promise<RpcAnswer> {
    try {
      const method = this.#methods[request._];
      if (method === undefined) throw new RpcRefusal(400, 'METHOD_INVALID');
      const key = this.#keyFor(request, authKeyId);
      const user = () => this.#dc.userOf(key);
      if (CLOSED_TO_FROZEN.test(request._) && user().state === 'frozen')
        throw new RpcRefusal(420, 'FROZEN_METHOD_INVALID');
      return { value: await method({ dc: this.#dc, request, key, user }) };
    } catch (error) {
      if (error instanceof RpcRefusal) return { error };
      if (error instanceof TlError) return { error: new RpcRefusal(400, 'INPUT_REQUEST_INVALID') };
      throw error;
    }
  }

  #keyFor(request: TlObject, authKeyId: string): AuthKey {
    const key = this.#dc.store.authKeys.get(authKeyId);
    if (key === undefined) throw new RpcRefusal(401, 'AUTH_KEY_UNREGISTERED');
    if (key.end !== null && !WITHOUT_LOGIN_OR_CHANGE.has(request._)) {
      throw new RpcRefusal(key.end === 'AUTH_KEY_DUPLICATED' ? 406 : 401, key.end);
    }
    return key;
  }
}

function nameOf(answer: RpcAnswer): string {
  if ('error' in answer) return answer.error.message;
  return isTlObject(answer.value) ? answer.value._ : typeof answer.value;
}

function giftOf(request: TlObject): string | null {
  if (request._ !== 'payments.getPaymentForm' && request._ !== 'payments.sendStarsForm') return null;
  const gift = objectField(request, 'invoice')['gift_id'];
  return typeof gift === 'bigint' ? gift.toString() : null;
}
