/**
 * Invokes a function by its name in the topology, with a signed request, and says what became of it.
 *
 * Shape   name, event -> answered | failed, with its words | unreachable | absent, with what is missing
 * Units   milliseconds
 * Errors  none: all of it is an outcome
 * Cost    one call; the function's time is waited for
 * Source  Lambda API Reference, Invoke
 */

import { createSignedFetch, type SignedFetch } from '../shared/aws/signed-fetch.ts';
import type { Settings } from '../shared/config/settings.ts';
import type { Clock } from '../shared/primitives/clock.ts';

export type Invoke = (name: string, event: object, deadlineMs: number) => Promise<Invoked>;

export type Answer = Readonly<Record<string, unknown>>;

export type Invoked =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'absent'; readonly sentence: string };

export interface ConnectFunctionsDeps {
  readonly clock: Clock;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const LONGEST_WORDS = 300;

export function connectFunctions(
  { functionsUrl, awsCredentials: credentials, awsRegion: region }: Settings,
  deps: ConnectFunctionsDeps,
): Invoke {
  if (!functionsUrl || !credentials) return async () => ({ kind: 'absent', sentence: MISSING });
  const signed = createSignedFetch({ ...deps, credentials, region, service: 'lambda' });
  return (name, event, deadlineMs) =>
    invoke(signed, `${functionsUrl}${name}/invocations`, { body: JSON.stringify(event), deadlineMs });
}

const MISSING =
  'Set FUNCTIONS_URL, what the URLs begin with at which functions are invoked, and AWS_ACCESS_KEY_ID.';

async function invoke(
  fetch: SignedFetch,
  url: string,
  { body, deadlineMs }: { readonly body: string; readonly deadlineMs: number },
): Promise<Invoked> {
  try {
    const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(deadlineMs) });
    const answer = (await response.json()) as Answer;
    if (response.status >= 500) return { kind: 'unreachable' };
    const hasFailed = !response.ok || response.headers.has('x-amz-function-error');
    return hasFailed ? { kind: 'failed', words: wordsOf(answer) } : { kind: 'answered', answer };
  } catch {
    return { kind: 'unreachable' };
  }
}

/** The function's own, or AWS's. */
function wordsOf({ errorMessage, message, Message }: Answer): string {
  return String(errorMessage ?? message ?? Message ?? 'It gave no reason.').slice(0, LONGEST_WORDS);
}
