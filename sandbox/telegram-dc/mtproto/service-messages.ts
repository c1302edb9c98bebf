import { isTlList, longField, type TlObject, type TlValue } from '../tl/value.ts';
import { longBytes, uintBytes, writeObject } from '../tl/writer.ts';
import { TL_IDS } from '../tl/schema.ts';
import type { SessionMemory } from './session-memory.ts';

interface ServiceContext {
  readonly id: bigint;
  readonly peer: { readonly salt: bigint; readonly memory: SessionMemory };
  readonly nowSeconds: number;
}

/** What a message of the protocol itself is answered with. */
interface ServiceAnswer {
  readonly answers: readonly Buffer[];
  /** Requests whose answers go out once more. */
  readonly redeliver: readonly bigint[];
}

const NOTHING: ServiceAnswer = { answers: [], redeliver: [] };
const UNKNOWN = 2;
const RECEIVED = 4;
const SALT_SECONDS = 3600;

/** Pings, salts, questions about the state of messages; everything else of the protocol is taken silently. */
export function answerService(message: TlObject, context: ServiceContext): ServiceAnswer {
  switch (message._) {
    case 'mt_ping':
    case 'mt_ping_delay_disconnect':
      return only({ _: 'mt_pong', msg_id: context.id, ping_id: longField(message, 'ping_id') });
    case 'mt_get_future_salts':
      return only(futureSalts(context));
    case 'mt_msgs_state_req':
      return stateOf(longs(message['msg_ids']), context);
    case 'mt_msg_resend_req':
      return { answers: [], redeliver: context.peer.memory.requestsOf(longs(message['msg_ids'])) };
    case 'mt_destroy_session':
      return only({ _: 'mt_destroy_session_ok', session_id: longField(message, 'session_id') });
    case 'mt_rpc_drop_answer':
      return { answers: [result(context.id, { _: 'mt_rpc_answer_unknown' })], redeliver: [] };
    default:
      return NOTHING;
  }
}

function only(answer: TlObject): ServiceAnswer {
  return { answers: [writeObject(answer)], redeliver: [] };
}

function result(requestId: bigint, value: TlObject): Buffer {
  return Buffer.concat([uintBytes(TL_IDS.rpcResult), longBytes(requestId), writeObject(value)]);
}

/** This server takes any salt: these keep the client from asking again for hours. */
function futureSalts({ id, peer, nowSeconds }: ServiceContext): TlObject {
  const salts = Array.from({ length: 24 }, (_, index) => ({
    _: 'mt_future_salt',
    valid_since: nowSeconds + index * SALT_SECONDS,
    valid_until: nowSeconds + (index + 2) * SALT_SECONDS,
    salt: peer.salt + BigInt(index),
  }));
  return { _: 'mt_future_salts', req_msg_id: id, now: nowSeconds, salts };
}

function stateOf(ids: readonly bigint[], { id, peer }: ServiceContext): ServiceAnswer {
  const info = Buffer.from(ids.map((asked) => (peer.memory.isKnown(asked) ? RECEIVED : UNKNOWN)));
  return {
    answers: [writeObject({ _: 'mt_msgs_state_info', req_msg_id: id, info })],
    redeliver: ids.filter((asked) => peer.memory.answerTo(asked) !== null),
  };
}

function longs(value: TlValue): bigint[] {
  return isTlList(value) ? value.filter((item) => typeof item === 'bigint') : [];
}
