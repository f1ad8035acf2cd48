/**
 * Answers a request for a picture: reads its URL, checks its signature, and asks the cache for the one canonical form of it.
 * However a URL is written, and whatever else a client accepts, equal pictures are one entry.
 *
 * Errors  those of image URLs (shared/images/refusal.ts); 404 IMAGES_NOT_SET_UP without a function; the proxy's 502 and 504
 * Cost    a repeated URL: what a hit costs, and reading the URL; a signature adds one HMAC
 * Source  RFC 9110 §12.5.5 (Vary); the forms of a URL: ARCHITECTURE.md, "Images"
 */

import type { Handler } from 'hono';
import type { ImagesPlan } from '../../shared/config/plan.ts';
import { parseRequestUrl } from '../../shared/http/request-url.ts';
import { isRefusal, problemOf, type Refusal, refuse } from '../../shared/images/refusal.ts';
import { formatRequest } from '../../shared/images/request/format-request.ts';
import { parseImageRequest } from '../../shared/images/request/parse-request.ts';
import { type ResolvedRequest, resolveRequest } from '../../shared/images/resolve/resolve.ts';
import { verifySignature } from '../../shared/images/url/signing.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { WaitUntil } from '../platform.ts';
import { problemResponse } from '../problem-response.ts';
import type { AnswerRequest } from '../proxy/handler.ts';
import { NOT_SET_UP } from './not-set-up.ts';

export interface ImagesDeps {
  readonly images: ImagesPlan;
  /** Asks the cache, and behind it the function. */
  readonly ask: AnswerRequest;
  readonly clock: Clock;
}

/** Signed is what the operator's own routes ask for: they need no signature. */
export type AnswerImage = (request: Request, waitUntil: WaitUntil, trust?: 'signed') => Promise<Response>;

export function createAnswerImage({ images, ask, clock }: ImagesDeps): AnswerImage {
  const { settings, signingKeys } = images;

  async function read(request: Request, url: URL, trust: 'signed' | undefined) {
    if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(request.method);
    const asked = parseImageRequest(url, settings);
    if (isRefusal(asked)) return asked;
    const refused =
      trust !== 'signed' &&
      signingKeys.length > 0 &&
      (await verifySignature(asked, url.search, { keys: signingKeys, now: clock() }));
    return refused || resolveRequest(asked, request.headers.get('accept'), settings);
  }

  return async (request, waitUntil, trust) => {
    const url = new URL(request.url);
    const resolved = await read(request, url, trust);
    if (isRefusal(resolved)) return problemResponse(problemOf(resolved));
    const canonical = `${url.origin}${settings.path}/${formatRequest(resolved)}`;
    const asking = new Request(canonical, { method: request.method, headers: headersFor(request) });
    const answer = await ask(asking, parseRequestUrl(canonical), waitUntil);
    return told(answer, resolved);
  };
}

/** As a handler of its own route; connected when it is first asked for. */
export function imageHandler(connect: () => AnswerImage | undefined): Handler {
  return ({ req, executionCtx }) =>
    connect()?.(req.raw, work => executionCtx.waitUntil(work)) ?? problemResponse(NOT_SET_UP);
}

function wrongMethod(method: string): Refusal {
  return refuse('IMAGE_METHOD_UNSUPPORTED', `${method.slice(0, 20)} is neither GET nor HEAD`);
}

/** What else a client sends changes no picture, and its word on caching would only make pictures again. */
const PASSED = ['if-none-match', 'if-modified-since', 'range', 'if-range', 'x-request-id', 'traceparent'];

function headersFor({ headers }: Request): Headers {
  const passed = new Headers();
  for (const name of PASSED) {
    const value = headers.get(name);
    if (value !== null) passed.set(name, value);
  }
  return passed;
}

/** The entry is of one format; that Accept chose it is true of this URL. */
function told(answer: Response, { negotiated }: ResolvedRequest): Response {
  if (negotiated) answer.headers.append('vary', 'Accept');
  return answer;
}
