import {
  ApplicationFailure,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { DomainError } from '../domain/shared/errors.ts';
import { isProblemCode, Problem, type ProblemCode } from './problems.ts';

/** Node and Postgres codes that say «the database cannot be reached», not «the query is wrong». */
const DATABASE_DOWN = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EPIPE|EHOSTUNREACH|08...|57P0[123]|53300)$/;
const DATABASE_LOST =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection/;
const CAUSES_AT_MOST = 8;

/** Whatever was thrown, as the problem to answer with; what is not known becomes `internal` and says nothing. */
export function toProblem(err: unknown): Problem {
  if (err instanceof Problem) return err;
  if (err instanceof DomainError) return refusal(err.code, err.message);
  if (err instanceof WorkflowExecutionAlreadyStartedError)
    return new Problem('source-busy', 'another change of this source is under way; try again when it is done');
  return fromWorkflow(err) ?? fromOutage(err) ?? fromHttp(err) ?? internal(err);
}

/** A business rule said no, here or in an activity: its code decides the status, 422 when we have no own page for it. */
function refusal(code: string, message: string): Problem {
  return isProblemCode(code) ? new Problem(code, message) : new Problem('invalid-request', message);
}

function fromWorkflow(err: unknown): Problem | null {
  if (!(err instanceof WorkflowFailedError || err instanceof WorkflowUpdateFailedError)) return null;
  for (const cause of causes(err)) {
    if (cause instanceof ApplicationFailure && cause.nonRetryable === true && typeof cause.type === 'string')
      return /^[a-z]+(-[a-z]+)+$/.test(cause.type) ? refusal(cause.type, cause.message) : internal(err);
  }
  return internal(err);
}

function fromOutage(err: unknown): Problem | null {
  for (const cause of causes(err)) {
    if (isGrpcServiceError(cause))
      return new Problem('temporal-unavailable', 'Temporal does not answer', { cause: err });
    if (!(cause instanceof Error)) continue;
    const code = 'code' in cause ? String(cause.code) : '';
    if (DATABASE_DOWN.test(code) || DATABASE_LOST.test(cause.message))
      return new Problem('database-unavailable', 'Postgres does not answer', { cause: err });
  }
  return null;
}

const BODY_PROBLEMS: Readonly<Record<string, readonly [code: ProblemCode, detail: string]>> = {
  'entity.parse.failed': ['malformed-json', 'the body is not valid JSON'],
  'entity.too.large': ['body-too-large', 'the body is larger than this address takes'],
  'encoding.unsupported': ['unsupported-media-type', 'this Content-Encoding is not known'],
  'charset.unsupported': ['unsupported-media-type', 'the body must be UTF-8'],
};

/** Errors of Express and its body parser carry a status and a type. */
function fromHttp(err: unknown): Problem | null {
  if (!(err instanceof Error) || !('status' in err)) return null;
  const [code, detail] = BODY_PROBLEMS['type' in err ? String(err.type) : ''] ?? [];
  if (code !== undefined && detail !== undefined) return new Problem(code, detail);
  if (err.status === 404) return new Problem('not-found', 'there is nothing at this address');
  return typeof err.status === 'number' && err.status < 500
    ? new Problem('bad-request', 'the request cannot be read')
    : null;
}

const internal = (err: unknown): Problem =>
  new Problem('internal', 'something went wrong here; the log has the details under this request id', { cause: err });

function* causes(err: unknown): Generator {
  let cause = err;
  for (let depth = 0; depth < CAUSES_AT_MOST && cause !== undefined && cause !== null; depth += 1) {
    yield cause;
    if (cause instanceof AggregateError) yield* cause.errors;
    cause = cause instanceof Error ? cause.cause : undefined;
  }
}
