/**
 * Calls one AWS service that speaks its JSON protocol, and tries again what may have been a bad moment.
 *
 * Shape   action + input -> output, as plain JSON
 * Units   milliseconds
 * Errors  AwsRefused with AWS's code; AwsUnavailable when the deadline, tries included, ends without an answer. A call whose
 *         answer was lost may have had its effect, and is sent again: give it only what may be done twice
 * Cost    one request; up to `attempts` when AWS throttles, fails or cannot be reached
 * Source  AWS JSON 1.0 protocol (smithy.io); AWS Architecture Blog, "Exponential Backoff And Jitter" (full jitter)
 */

import { AwsRefused, AwsUnavailable } from './aws-errors.ts';
import type { SignedFetch } from './signed-fetch.ts';

type Output = Readonly<Record<string, unknown>>;

export type JsonCall = (action: string, input: object, signal?: AbortSignal) => Promise<Output>;

export interface JsonCallDeps {
  readonly fetch: SignedFetch;
  readonly random: () => number;
}

export interface JsonCallOptions {
  readonly endpoint: string;
  /** What the service calls itself in X-Amz-Target: AmazonSQS, AWSScheduler. */
  readonly target: string;
  /** Which version of the protocol it speaks. @default '1.0' */
  readonly version?: '1.0' | '1.1';
  /** All tries together. @default 5000 */
  readonly deadlineMs?: number;
  /** @default 3 */
  readonly attempts?: number;
  /** The longest wait before the second try; it doubles for the third. @default 100 */
  readonly backoffMs?: number;
}

const DEFAULTS = {
  version: '1.0',
  deadlineMs: 5_000,
  attempts: 3,
  backoffMs: 100,
} satisfies Partial<JsonCallOptions>;

export function createJsonCall({ fetch, random }: JsonCallDeps, options: JsonCallOptions): JsonCall {
  const { endpoint, target, version, deadlineMs, attempts, backoffMs } = { ...DEFAULTS, ...options };

  async function attempt(action: string, body: string, signal: AbortSignal): Promise<Output> {
    const headers = {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': `${target}.${action}`,
    };
    const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
    if (response.ok) return (await response.json()) as Output;
    throw failureOf(await readRefusal(response));
  }

  async function attemptAll(action: string, body: string, signal: AbortSignal): Promise<Output> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(action, body, signal);
      } catch (error) {
        if (error instanceof AwsRefused || tried >= attempts || signal.aborted) throw error;
        await pause(random() * backoffMs * 2 ** (tried - 1), signal);
      }
    }
  }

  return async (action, input, outer) => {
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = outer ? AbortSignal.any([outer, deadline]) : deadline;
    try {
      return await attemptAll(action, JSON.stringify(input), signal);
    } catch (cause) {
      if (cause instanceof AwsRefused || cause instanceof AwsUnavailable) throw cause;
      throw new AwsUnavailable(`AWS gave no answer to ${target}.${action}`, { cause });
    }
  };
}

async function readRefusal(response: Response): Promise<AwsRefused> {
  const body = (await response.json().catch(() => ({}))) as Output;
  const type = String(body.__type ?? response.headers.get('x-amzn-errortype') ?? 'UnknownError');
  const code = type.slice(type.indexOf('#') + 1);
  return new AwsRefused(code, response.status, String(body.message ?? body.Message ?? code));
}

/** Throttling comes with 400 or 403, too, and is a moment's trouble all the same. */
function failureOf(refused: AwsRefused): AwsRefused | AwsUnavailable {
  const { code, status, message } = refused;
  const passes = status >= 500 || status === 429 || /throttl|requestlimitexceeded|overlimit/i.test(code);
  return passes ? new AwsUnavailable(`${code}: ${message}`, { cause: refused }) : refused;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
