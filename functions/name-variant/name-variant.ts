/**
 * Gives a request for a picture the one name of its variant, which is where S3 has it: the second step of CloudFront, taken
 * only for what its cache does not hold.
 *
 * It runs before each of the two origins is asked, and is given "the same request" both times: whether that is the one it was
 * given first or the one it made, the answer is the same. The image function is told by fields, because AWS decodes its path.
 *
 * Shape   origin request -> the same with the variant's path, or a refusal as a response
 * Errors  502 IMAGE_SOURCE_UNAVAILABLE while the keys of signed URLs cannot be read: nothing goes out unchecked
 * Cost    some 18 microseconds; a signature is one HMAC a key, and the keys one request in five minutes
 * Source  CloudFront Developer Guide, "Use origin failover with Lambda@Edge functions", "Lambda@Edge event structure"
 */
import type { CloudFrontRequest, CloudFrontResultResponse } from 'aws-lambda';
import { type Problem, problem } from '../../shared/http/problem.ts';
import { isRefusal, problemOf, type Refusal, refuse } from '../../shared/images/refusal.ts';
import { formatRequest } from '../../shared/images/request/format-request.ts';
import { parseImageRequest } from '../../shared/images/request/parse-request.ts';
import { type ResolvedRequest, resolveRequest } from '../../shared/images/resolve/resolve.ts';
import { variantPath } from '../../shared/images/resolve/variant.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';
import { verifySignature } from '../../shared/images/url/signing.ts';
import type { Clock } from '../../shared/primitives/clock.ts';

export interface NameVariantDeps {
  readonly settings: ImageSettings;
  /** None: URLs need no signature. */
  readonly readKeys: () => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export type NameVariant = (
  request: CloudFrontRequest,
) => Promise<CloudFrontRequest | CloudFrontResultResponse>;

const PATH_FIELD = 'x-headrace-image';
const LOOKED_FIELD = 'x-headrace-variant';
const ACCEPT_FIELD = 'x-headrace-accept';

export function createNameVariant({ settings, readKeys, clock, onError }: NameVariantDeps): NameVariant {
  async function read(request: CloudFrontRequest): Promise<ResolvedRequest | Refusal> {
    const search = request.querystring === '' ? '' : `?${request.querystring}`;
    const asked = parseImageRequest({ pathname: request.uri, search }, settings);
    if (isRefusal(asked)) return asked;
    const keys = await readKeys();
    const refused = keys.length > 0 && (await verifySignature(asked, search, { keys, now: clock() }));
    return refused || resolveRequest(asked, request.headers[ACCEPT_FIELD]?.[0]?.value, settings);
  }

  return async request => {
    // Named already. No visitor can say so: the field is taken from him, and is none of those that are passed on.
    if (request.headers[PATH_FIELD]) return request;
    const resolved = await read(request).catch(error => {
      onError(error);
      return refuse('IMAGE_SOURCE_UNAVAILABLE', 'the keys of signed URLs cannot be read now');
    });
    return isRefusal(resolved) ? respond(problemOf(resolved)) : named(request, resolved, settings);
  };
}

function named(
  request: CloudFrontRequest,
  resolved: ResolvedRequest,
  { path }: ImageSettings,
): CloudFrontRequest {
  const { accept, [ACCEPT_FIELD]: reduced, ...headers } = request.headers;
  return {
    ...request,
    uri: variantPath(resolved),
    querystring: '',
    headers: {
      ...headers,
      ...field(PATH_FIELD, `${path}/${formatRequest(resolved)}`),
      // CloudFront asks the store first, and the function only when it is not there.
      ...field(LOOKED_FIELD, 'missing'),
    },
  };
}

function field(key: string, value: string) {
  return { [key]: [{ key, value }] };
}

function respond(refused: Problem): CloudFrontResultResponse {
  const { status, fields, body } = problem(refused);
  const headers = fields.map(([name, value]) => [name, [{ key: name, value }]]);
  return {
    status: String(status),
    statusDescription: refused.code,
    headers: Object.fromEntries(headers),
    body,
  };
}
