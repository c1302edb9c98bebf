import type { RefusingFault } from '../messenger/fault-answers.ts';

/** MAX says no: `{ code, message }`. */
export class MaxRefusal extends Error {
  override readonly name = 'MaxRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const badRequest = (message: string): MaxRefusal => new MaxRefusal(400, 'proto.payload', message);
export const unauthorized = (): MaxRefusal => new MaxRefusal(401, 'verify.token', 'Invalid access_token');
export const suspended = (): MaxRefusal => new MaxRefusal(403, 'chat.denied', 'error.dialog.suspended');
export const unknownChat = (): MaxRefusal => new MaxRefusal(404, 'dialog.not.found', 'error.dialog.notfound');
export const unknownMessage = (): MaxRefusal => new MaxRefusal(404, 'not.found', 'Message not found');
export const tooMany = (): MaxRefusal => new MaxRefusal(429, 'too.many.requests', 'Too many requests');

/** A fault as MAX says it. */
export function refusalBy(fault: RefusingFault): MaxRefusal {
  switch (fault.kind) {
    case 'status':
      return new MaxRefusal(fault.status, 'service.unavailable', 'Service unavailable');
    case 'rate-limited':
      return tooMany();
    case 'blocked':
      return suspended();
    case 'chat-not-found':
      return unknownChat();
    case 'refused':
      return badRequest(fault.description);
  }
}
