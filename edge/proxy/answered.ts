/**
 * Tells whoever counts what became of each request, once its answer is ready to be sent: before the client has its body,
 * which nobody here waits for.
 *
 * Units   milliseconds, instants epoch ms; in workerd the clock stands still but for input and output
 * Errors  none of its own; a listener that throws is a fault of the request
 * Cost    nothing where nobody listens; else two looks at the clock and one small object
 */

import type { RequestUrl } from '../../shared/http/request-url.ts';
import type { WaitUntil } from '../platform.ts';
import type { Account, ObservedDecision } from './account.ts';
import type { Received } from './receive.ts';
import type { Measured, Timing } from './timing.ts';

/** Told once for each request that the proxy was given; a refresh behind a client's back is not one. */
export type OnAnswered = (answered: Answered, asking: Asking) => void;

/** The request itself, for who needs more of it than what became of it. */
export interface Asking {
  readonly request: Request;
  readonly url: RequestUrl;
  readonly waitUntil: WaitUntil;
}

export interface Answered extends Measured {
  /** The route's patterns as they stand in the configuration; undefined where the request was refused before it had one. */
  readonly route: string | undefined;
  readonly method: string;
  /** What the client gets. */
  readonly status: number;
  readonly outcome: AnswerOutcome;
  /** Where a hit or a stale answer came from. */
  readonly level: 'L1' | 'L2' | undefined;
  readonly bodyBytes: number | undefined;
  /** HEADRACE_MODE=observe: what the cache would have done, if it had a say. */
  readonly observed?: ObservedDecision;
}

export type AnswerOutcome =
  | 'hit'
  /** Served stale while it is refreshed. */
  | 'stale'
  /** Served stale because the origin failed. */
  | 'stale-if-error'
  /** The origin confirmed by a 304 what was stored. */
  | 'revalidated'
  | 'miss'
  /** Another request's answer, waited for. */
  | 'coalesced'
  /** The cache had no say. */
  | 'pass'
  /** 502 or 504: the origin gave no answer; 500: a fault of Headrace's own. */
  | 'error'
  /** Answered here, with nobody asked: an ambiguous target, an unknown host, only-if-cached. */
  | 'refused';

export interface Telling {
  readonly asking: Asking;
  readonly received: Received;
  readonly timing: Timing | undefined;
}

export function tellAnswered(
  answer: Response | Promise<Response>,
  { asking, received, timing }: Telling,
  onAnswered: OnAnswered | undefined,
): Response | Promise<Response> {
  if (!onAnswered || !timing) return answer;
  const exchange = received.kind === 'refuse' ? undefined : received.exchange;
  const tell = (status: number, account: Account) =>
    onAnswered(
      {
        ...timing.measure(),
        route: exchange?.route.rule,
        method: exchange?.method ?? asking.request.method,
        status,
        outcome: outcomeOf(account),
        level: levelOf(account),
        bodyBytes: account.bodyBytes,
        ...(account.observed && { observed: account.observed }),
      },
      asking,
    );
  const answered = (response: Response) => {
    tell(response.status, exchange?.account ?? {});
    return response;
  };
  const failed = (fault: unknown): never => {
    tell(500, { failed: true });
    throw fault;
  };
  return answer instanceof Promise ? answer.then(answered, failed) : answered(answer);
}

export function outcomeOf({ status, failed = false }: Account): AnswerOutcome {
  if (failed) return 'error';
  if (!status) return 'refused';
  // What is fresh for less than a second is still told as `ttl=1`.
  if (status.hit) return (status.ttlSeconds ?? 0) > 0 ? 'hit' : 'stale';
  if (status.detail === 'stale-if-error') return 'stale-if-error';
  if (status.collapsed) return 'coalesced';
  if (status.forwarded === 'bypass' || status.forwarded === 'method') return 'pass';
  return status.forwardStatus === 304 ? 'revalidated' : 'miss';
}

function levelOf({ status }: Account): Answered['level'] {
  if (!status?.hit) return undefined;
  return status.detail === 'L1' || status.detail === 'L2' ? status.detail : undefined;
}
