import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { gzipSync, unzipSync } from 'node:zlib';
import { authKeyId, openMessage, sealMessage } from '../crypto/message-key.ts';
import { TlReader } from '../tl/reader.ts';
import { TL_IDS } from '../tl/schema.ts';
import type { TlObject } from '../tl/value.ts';
import { longBytes, stringBytes, uintBytes, writeObject } from '../tl/writer.ts';
import { FrameReader, errorFrame, frame } from './framing.ts';
import type { Handshake } from './handshake.ts';
import type { MessageIds } from './message-ids.ts';
import { unwrap, type RpcCall, type RpcOutcome } from './rpc.ts';
import { answerService } from './service-messages.ts';
import type { SessionMemory } from './session-memory.ts';

/** What a connection needs of the datacentre around it. */
export interface ConnectionHost {
  readonly ids: MessageIds;
  newHandshake(): Handshake;
  authKey(id: string): Buffer | undefined;
  addAuthKey(id: string, key: Buffer): void;
  /** Memory of one session of one auth key; `isNew` when it was not known before. */
  session(key: string): { readonly memory: SessionMemory; readonly isNew: boolean };
  call(call: RpcCall, connection: Connection): Promise<RpcOutcome>;
  nowSeconds(): number;
}

/** Auth key and session that the client speaks with. */
interface Peer {
  readonly keyId: string;
  readonly authKey: Buffer;
  readonly sessionId: bigint;
  readonly memory: SessionMemory;
  salt: bigint;
}

/** Above this an answer goes out compressed, as Telegram's do. */
const GZIP_FROM_BYTES = 1024;

/** One TCP connection of a client. */
export class Connection {
  readonly #socket: Socket;
  readonly #host: ConnectionHost;
  readonly #frames = new FrameReader();
  readonly #handshake: Handshake;
  #peer: Peer | null = null;
  /** What the client called itself; empty until it did. */
  device = '';
  /** It carried more than downloads: the connection on which an account lives. */
  isMain = false;
  /** When the client was last heard, ms of `performance.now()`. */
  heardAt = performance.now();
  isOpen = true;

  constructor(socket: Socket, host: ConnectionHost) {
    this.#socket = socket;
    this.#host = host;
    this.#handshake = host.newHandshake();
    socket.setNoDelay(true);
    socket.on('error', () => {
      this.close();
    });
    socket.once('close', () => (this.isOpen = false));
    socket.once('end', () => (this.isOpen = false));
    socket.on('data', (chunk) => {
      this.#receive(chunk);
    });
  }

  get authKeyId(): string | null {
    return this.#peer?.keyId ?? null;
  }

  get sessionId(): bigint | null {
    return this.#peer?.sessionId ?? null;
  }

  close(): void {
    this.isOpen = false;
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.heardAt = performance.now();
    try {
      for (const packet of this.#frames.push(chunk)) this.#packet(packet);
    } catch {
      // What does not decrypt or parse cannot be answered: Telegram closes the connection as well.
      this.close();
    }
  }

  #packet(packet: Buffer): void {
    const keyId = packet.subarray(0, 8).toString('hex');
    if (/^0+$/.test(keyId)) {
      this.#plain(packet);
      return;
    }
    const authKey = this.#host.authKey(keyId);
    if (authKey === undefined) {
      this.#socket.write(errorFrame(404));
      return;
    }
    const reader = new TlReader(openMessage(authKey, packet));
    const [salt, sessionId, messageId] = [reader.long(), reader.long(), reader.long()];
    reader.uint();
    const messages = flatten(messageId, reader.raw(reader.uint()));
    const peer = this.#speakWith({ keyId, authKey, sessionId }, { salt, messages });
    for (const message of messages) this.#message(peer, message);
  }

  #plain(packet: Buffer): void {
    const reader = new TlReader(packet.subarray(16));
    const { answer, authKey } = this.#handshake.answer(new TlReader(reader.raw(reader.uint())).object());
    if (authKey !== undefined) this.#host.addAuthKey(authKeyId(authKey), authKey);
    const body = writeObject(answer);
    this.#send(Buffer.concat([longBytes(0n), longBytes(this.#host.ids.next()), uintBytes(body.length), body]));
  }

  #speakWith(
    identity: { readonly keyId: string; readonly authKey: Buffer; readonly sessionId: bigint },
    first: { readonly salt: bigint; readonly messages: readonly Message[] },
  ): Peer {
    const known = this.#peer;
    if (known?.keyId === identity.keyId && known.sessionId === identity.sessionId) {
      known.salt = first.salt;
      return known;
    }
    const { memory, isNew } = this.#host.session(`${identity.keyId}:${identity.sessionId}`);
    const salt = first.salt === 0n ? randomBytes(8).readBigInt64LE(0) : first.salt;
    const peer: Peer = { ...identity, memory, salt };
    this.#peer = peer;
    if (isNew) this.#announceSession(peer, first.messages);
    return peer;
  }

  // Requests of before are repeated by the client: this server does not know them.
  #announceSession(peer: Peer, messages: readonly Message[]): void {
    const firstId = messages.reduce((least, { id }) => (id < least ? id : least), messages[0]?.id ?? 0n);
    const uniqueId = randomBytes(8).readBigInt64LE(0);
    const created = { _: 'mt_new_session_created', first_msg_id: firstId, unique_id: uniqueId, server_salt: peer.salt };
    this.#reply(peer, writeObject(created), true);
  }

  #message(peer: Peer, { id, body }: Message): void {
    const request = new TlReader(body).object();
    if (!request._.startsWith('mt_')) {
      this.#startCall(peer, id, request);
      return;
    }
    const service = answerService(request, { id, peer, nowSeconds: this.#host.nowSeconds() });
    for (const answer of service.answers) this.#reply(peer, answer, false);
    for (const requestId of service.redeliver) this.#deliver(peer, requestId);
  }

  #startCall(peer: Peer, id: bigint, wrapped: TlObject): void {
    if (!peer.memory.begin(id)) {
      this.#deliver(peer, id);
      return;
    }
    const { request, host } = unwrap(wrapped);
    this.device = host ?? this.device;
    this.isMain ||= !request._.startsWith('upload.');
    const call = { request, authKeyId: peer.keyId, host: this.device };
    this.#host.call(call, this).then(
      (outcome) => {
        this.#finish(peer, id, outcome);
      },
      () => {
        this.close();
      },
    );
  }

  #finish(peer: Peer, id: bigint, { answer, cutsConnection, isRemembered }: RpcOutcome): void {
    if (!isRemembered) peer.memory.forget(id);
    if (answer !== null && isRemembered) peer.memory.answered(id, rpcResult(id, answer));
    if (cutsConnection) this.close();
    else if (answer !== null) this.#deliver(peer, id);
  }

  #deliver(peer: Peer, requestId: bigint): void {
    const body = peer.memory.answerTo(requestId);
    if (body !== null) peer.memory.sent(requestId, this.#reply(peer, body, true));
  }

  #reply(peer: Peer, body: Buffer, needsAck: boolean): bigint {
    const id = this.#host.ids.next();
    const head = [longBytes(peer.salt), longBytes(peer.sessionId), longBytes(id)];
    const sequence = uintBytes(peer.memory.nextSequence(needsAck));
    this.#send(sealMessage(peer.authKey, Buffer.concat([...head, sequence, uintBytes(body.length), body])));
    return id;
  }

  #send(packet: Buffer): void {
    if (this.isOpen) this.#socket.write(frame(packet));
  }
}

interface Message {
  readonly id: bigint;
  readonly body: Buffer;
}

/** The messages of a container, or the one message. */
function flatten(id: bigint, body: Buffer): Message[] {
  const reader = new TlReader(body);
  const type = reader.uint();
  if (type === TL_IDS.gzipPacked) return flatten(id, unzipSync(reader.bytes()));
  if (type !== TL_IDS.container) return [{ id, body }];
  return Array.from({ length: reader.int() }, () => {
    const innerId = reader.long();
    reader.uint();
    return flatten(innerId, reader.raw(reader.uint()));
  }).flat();
}

function rpcResult(requestId: bigint, body: Buffer): Buffer {
  const packed =
    body.length < GZIP_FROM_BYTES ? body : Buffer.concat([uintBytes(TL_IDS.gzipPacked), stringBytes(gzipSync(body))]);
  return Buffer.concat([uintBytes(TL_IDS.rpcResult), longBytes(requestId), packed]);
}
