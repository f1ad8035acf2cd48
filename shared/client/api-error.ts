/**
 * Why a call has no answer: the edge's own problem, or that there was no edge to be had.
 *
 * Shape   status 0 with EDGE_UNREACHABLE, EDGE_TIMEOUT; any status with ANSWER_UNREADABLE; else the edge's status and code
 * Source  RFC 9457 §3
 */

export class HeadraceApiError extends Error {
  override readonly name = 'HeadraceApiError';
  readonly status: number;
  /** Stable: what to program against. The codes of each route are in the API's document. */
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  /** When the edge asks to be asked again, counted from its answer. */
  readonly retryAfterMs: number | undefined;

  constructor(described: ErrorDescription, options?: ErrorOptions) {
    super(`${described.code}: ${described.detail ?? described.title}`, options);
    this.status = described.status;
    this.code = described.code;
    this.title = described.title;
    this.detail = described.detail;
    this.retryAfterMs = described.retryAfterMs;
  }
}

export interface ErrorDescription {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

export async function errorOf(response: Response): Promise<HeadraceApiError> {
  const given: unknown = await response.json().catch(() => undefined);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : undefined;
  if (isProblem(given)) return new HeadraceApiError({ ...given, status: response.status, retryAfterMs });
  return unreadable(response, retryAfterMs);
}

/** What stands between, such as another proxy, answers in its own words. */
export function unreadable({ status }: Response, retryAfterMs?: number): HeadraceApiError {
  const title = `The answer ${status} is not one of Headrace`;
  return new HeadraceApiError({ status, code: 'ANSWER_UNREADABLE', title, retryAfterMs });
}

function isProblem(given: unknown): given is ErrorDescription {
  if (typeof given !== 'object' || given === null) return false;
  return (
    'code' in given && typeof given.code === 'string' && 'title' in given && typeof given.title === 'string'
  );
}
