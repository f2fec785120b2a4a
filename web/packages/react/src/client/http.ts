import createClient, { type Client } from 'openapi-fetch';
import { errorFromAnswer, HaggleError } from './errors.ts';
import { limits } from './limits.ts';
import type { paths } from './schema.ts';
import type { TokenSource } from './token.ts';

/** Every endpoint of the document, typed; answers as openapi-fetch gives them. */
export type Http = Client<paths, 'application/json'>;

/** Signs each request, gives it an end, and signs it again once when the server says 401. */
export function createHttp(baseUrl: string, tokens: TokenSource, send: typeof fetch): Http {
  const signed = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const token = await tokens.get();
    const response = await attempt(request, token);
    if (response.status !== 401 || !tokens.usesTokens) return response;
    tokens.refuse(token);
    const fresh = await tokens.get();
    return fresh === null || fresh === token ? response : attempt(again, fresh);
  };

  async function attempt(request: Request, token: string | null): Promise<Response> {
    const timeout = AbortSignal.timeout(limits.requestTimeoutMs);
    if (token !== null) request.headers.set('Authorization', `Bearer ${token}`);
    try {
      return await send(request, { signal: AbortSignal.any([request.signal, timeout]) });
    } catch (error) {
      throw errorFromFailure(error, request.signal.aborted, timeout.aborted);
    }
  }

  return createClient<paths, 'application/json'>({
    baseUrl,
    fetch: signed,
    credentials: tokens.usesTokens ? 'omit' : 'include',
  });
}

function errorFromFailure(error: unknown, aborted: boolean, timedOut: boolean): HaggleError {
  if (error instanceof HaggleError) return error;
  if (aborted) return new HaggleError('aborted', 'The request was cancelled');
  if (timedOut) return new HaggleError('timeout', 'The server did not answer in time');
  return new HaggleError('network', 'The server could not be reached');
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer has begun well, and then breaks off, does not end, or is not what it says it is. */
async function whole<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'SyntaxError') throw new HaggleError('server', 'The server sent something unreadable');
    throw errorFromFailure(error, name === 'AbortError', name === 'TimeoutError');
  }
}

/** Like `take`, where the answer says nothing but that it worked. */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const answer = await whole(call);
  if (!answer.response.ok) throw errorFromAnswer(answer.response, answer.error);
}

/** Turns openapi-fetch's answer into a value, no wider than the document says, or a `HaggleError`. */
export async function take<Wire, T extends Wire = Wire>(call: Promise<Answer<Wire>>): Promise<T> {
  const answer = await whole(call);
  if (!answer.response.ok) throw errorFromAnswer(answer.response, answer.error);
  if (answer.data === undefined || answer.data === null) {
    throw new HaggleError('server', 'The server sent an empty answer', { status: answer.response.status });
  }
  return answer.data as T;
}
