import type { MaxSandbox } from './sandbox.ts';
import type { BodyOf, QueryOf, Route } from './schemas.ts';

/** A request whose form is right. */
export interface MaxCall<R extends Route> {
  readonly bot: string;
  readonly sandbox: MaxSandbox;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  /** Of a path with one; else null. */
  readonly chatId: number | null;
  /** The request breaks a rule of the API: a test that sees one fails. */
  readonly violate: (problem: string) => void;
}
