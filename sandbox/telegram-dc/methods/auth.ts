import { randomBytes, randomInt } from 'node:crypto';
import type { Datacentre } from '../datacentre.ts';
import { userObject } from '../peers.ts';
import type { AuthKey, LoginCode, User } from '../state/records.ts';
import { bytesField, longField, objectField, textField, type TlObject } from '../tl/value.ts';
import { refuse, type MethodContext, type Methods } from './method.ts';

/** A code is good for that long. */
const CODE_MS = 5 * 60_000;
const CODE_DIGITS = 5;
const RESEND_SECONDS = 60;

function sendCode({ dc, request }: MethodContext) {
  const user = dc.userByPhone(textField(request, 'phone_number')) ?? refuse(400, 'PHONE_NUMBER_INVALID');
  if (user.state === 'banned') refuse(400, 'PHONE_NUMBER_BANNED');
  return sentCode(dc, { phone: user.phone, hash: randomBytes(9).toString('hex'), via: 'app' });
}

function resendCode({ dc, request }: MethodContext) {
  const { phone, hash } = codeOf(dc, request);
  return sentCode(dc, { phone, hash, via: 'sms' });
}

function sentCode(dc: Datacentre, start: Pick<LoginCode, 'phone' | 'hash' | 'via'>) {
  const code = randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');
  dc.store.commit([dc.store.codes.put({ ...start, code, sentAt: dc.now(), isCancelled: false })]);
  return {
    _: 'auth.sentCode',
    type: { _: start.via === 'app' ? 'auth.sentCodeTypeApp' : 'auth.sentCodeTypeSms', length: CODE_DIGITS },
    phone_code_hash: start.hash,
    next_type: start.via === 'app' ? { _: 'auth.codeTypeSms' } : undefined,
    timeout: RESEND_SECONDS,
  };
}

/** The code that a request is about. */
function codeOf(dc: Datacentre, request: TlObject): LoginCode {
  const code = dc.store.codes.get(textField(request, 'phone_code_hash'));
  const digits = textField(request, 'phone_number').replace(/\D/g, '');
  if (code?.phone !== digits || code.isCancelled || dc.now() - code.sentAt > CODE_MS) refuse(400, 'PHONE_CODE_EXPIRED');
  return code;
}

function cancelCode({ dc, request }: MethodContext) {
  dc.store.commit([dc.store.codes.put({ ...codeOf(dc, request), isCancelled: true })]);
  return true;
}

function signIn({ dc, request, key }: MethodContext) {
  const sent = codeOf(dc, request);
  const code = request['phone_code'];
  if (code === undefined || code === '') refuse(400, 'PHONE_CODE_EMPTY');
  if (code !== sent.code) refuse(400, 'PHONE_CODE_INVALID');
  const user = dc.userByPhone(sent.phone) ?? refuse(400, 'PHONE_NUMBER_UNOCCUPIED');
  const spent = dc.store.codes.put({ ...sent, isCancelled: true });
  if (user.password === null) return logIn(dc, user, { key, changes: [spent] });
  dc.store.commit([spent, dc.store.authKeys.put({ ...key, userId: null, pendingUserId: user.id, end: null })]);
  refuse(401, 'SESSION_PASSWORD_NEEDED');
}

function logIn(
  dc: Datacentre,
  user: User,
  { key, changes }: { readonly key: AuthKey; readonly changes: Parameters<Datacentre['store']['commit']>[0] },
) {
  dc.store.commit([...changes, dc.store.authKeys.put({ ...key, userId: user.id, pendingUserId: null, end: null })]);
  return { _: 'auth.authorization', user: userObject(dc, user, user) };
}

/** Who a password is asked from: the person who entered the code, or who is logged in. */
function passwordOwner({ dc, key, user }: MethodContext): User {
  return key.pendingUserId === null ? user() : dc.user(key.pendingUserId);
}

async function getPassword(context: MethodContext) {
  const { dc } = context;
  const owner = passwordOwner(context);
  const id = dc.randomId();
  const session = await dc.passwords.begin(owner, owner.password ?? '', id);
  const common = {
    _: 'account.password',
    new_algo: { ...session.algorithm, salt1: randomBytes(8) },
    new_secure_algo: { _: 'securePasswordKdfAlgoUnknown' },
    secure_random: randomBytes(32),
  };
  if (owner.password === null) return common;
  return {
    ...common,
    has_password: true,
    current_algo: session.algorithm,
    srp_B: session.publicB,
    srp_id: id,
    hint: owner.passwordHint ?? undefined,
  };
}

function checkPassword(context: MethodContext) {
  const { dc, request, key } = context;
  const owner = passwordOwner(context);
  const given = objectField(request, 'password');
  if (given._ !== 'inputCheckPasswordSRP') refuse(400, 'PASSWORD_HASH_INVALID');
  const proof = { a: bytesField(given, 'A'), proof: bytesField(given, 'M1') };
  dc.passwords.finish(owner, longField(given, 'srp_id').toString(), proof);
  return logIn(dc, owner, { key, changes: [] });
}

function logOut({ dc, key, user }: MethodContext) {
  user();
  dc.store.commit([dc.store.authKeys.put({ ...key, userId: null, pendingUserId: null })]);
  return { _: 'auth.loggedOut' };
}

/** Sign-in by code and second factor, sign-out. */
export const authMethods: Methods = {
  'auth.sendCode': sendCode,
  'auth.resendCode': resendCode,
  'auth.cancelCode': cancelCode,
  'auth.signIn': signIn,
  'account.getPassword': getPassword,
  'auth.checkPassword': checkPassword,
  'auth.logOut': logOut,
};
