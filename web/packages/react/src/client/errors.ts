import type { Offer, Problem } from './types.ts';

/** Why a request failed, as far as a caller can act on it. */
export type HaggleErrorKind =
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'signed-out'
  | 'refused'
  | 'limited'
  | 'server';

export class HaggleError extends Error {
  override readonly name = 'HaggleError';
  readonly kind: HaggleErrorKind;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Stable and machine-readable, from the server's envelope. */
  readonly code: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly requestId: string | null;
  /** When to try again, in milliseconds from now; only for `limited`. */
  readonly retryAfterMs: number | null;
  /** The offer as it is, where that is why it was refused. */
  readonly offer: Offer | null;

  constructor(kind: HaggleErrorKind, message: string, details: Partial<ErrorDetails> = {}) {
    super(message);
    this.kind = kind;
    this.status = details.status ?? 0;
    this.code = details.code ?? kind;
    this.fields = details.fields ?? {};
    this.requestId = details.requestId ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.offer = details.offer ?? null;
  }

  /** Whether the same request may succeed later without anybody changing it. */
  get isTemporary(): boolean {
    return (
      this.kind === 'network' || this.kind === 'timeout' || this.kind === 'limited' || this.kind === 'server'
    );
  }
}

/** The server's reason in its own words: what it says of each field, where it names fields. */
export function reasonOf({ fields, message }: Pick<HaggleError, 'fields' | 'message'>): string {
  const reasons = Object.values(fields);
  return reasons.length > 0 ? reasons.join('; ') : message;
}

interface ErrorDetails {
  status: number;
  code: string;
  fields: Record<string, string>;
  requestId: string;
  retryAfterMs: number;
  offer: Offer;
}

export function errorFromAnswer(response: Response, body: unknown): HaggleError {
  return errorFromStatus(response.status, response.headers.get('Retry-After'), body);
}

export function errorFromStatus(status: number, retryAfter: string | null, body: unknown): HaggleError {
  const problem = asProblem(body);
  const details: Partial<ErrorDetails> = { status };
  if (problem.code) details.code = problem.code;
  if (problem.fields) details.fields = problem.fields;
  if (problem.offer) details.offer = problem.offer;
  if (problem.requestId) details.requestId = problem.requestId;
  const kind = kindOf(status);
  if (kind === 'limited') details.retryAfterMs = retryAfterMs(retryAfter);
  const said = problem.message ?? problem.error;
  if (said !== undefined) return new HaggleError(kind, said, details);
  // A page of a proxy, for instance: its words are for nobody who writes here.
  if (kind === 'refused') details.code ??= 'no-reason';
  return new HaggleError(kind, `The server refused this without a reason (HTTP ${status})`, details);
}

function kindOf(status: number): HaggleErrorKind {
  if (status === 401) return 'signed-out';
  if (status === 429) return 'limited';
  return status >= 500 ? 'server' : 'refused';
}

/** The header is a number of seconds; an answer without it waits a moment rather than hammering. */
function retryAfterMs(header: string | null): number {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 5_000;
}

function asProblem(body: unknown): Partial<Problem> {
  return typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
}
