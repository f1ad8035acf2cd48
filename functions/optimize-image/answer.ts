/**
 * Answers a request for an image, in the order that costs least: what is wrong with the URL, what the client has already, what
 * is stored, and only then the work. What is to be stored is stored after the answer has gone out.
 *
 * When the store of sources is slow or down the answer is a 502, which nobody keeps; when that of variants is, pictures are made
 * each time and what could not be stored is logged.
 *
 * Shape   request -> { status, fields, body, after }
 * Errors  none of its own; refusals become problems with a stable code
 * Cost    304: one stat. Stored: one find, one stat. Else one find, one read, the work, one keep
 */
import { evaluateConditions } from '../../shared/http/conditional.ts';
import type { Fields } from '../../shared/http/fields.ts';
import type { ImageRequest } from '../../shared/images/options.ts';
import { isRefusal, type Refusal, refuse } from '../../shared/images/refusal.ts';
import { type ImageTarget, parseImageRequest } from '../../shared/images/request/parse-request.ts';
import { type ResolvedRequest, resolveRequest } from '../../shared/images/resolve/resolve.ts';
import { sourceTag, variantETag, variantKey } from '../../shared/images/resolve/variant.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';
import type { SourceStore, Variant, VariantStore } from '../../shared/images/stores.ts';
import { verifySignature } from '../../shared/images/url/signing.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { createSingleFlight } from '../../shared/primitives/single-flight.ts';
import type { MakeVariant } from './make-variant.ts';
import { type Answer, answerNotModified, answerPicture, answerRefusal, type Fallback } from './words.ts';

export interface ImageQuestion extends ImageTarget {
  readonly method: string;
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** The caller has looked for the stored variant himself. */
  readonly looked: boolean;
}

export interface AnswerDeps {
  readonly sources: SourceStore;
  readonly variants: VariantStore;
  readonly make: MakeVariant;
  readonly fallback: Fallback;
  readonly settings: ImageSettings;
  /** Signatures are asked for where there are keys. */
  readonly signingKeys: readonly string[];
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

interface Found {
  readonly variant: Variant;
  readonly isNew: boolean;
}

export function createAnswer(deps: AnswerDeps): (question: ImageQuestion) => Promise<Answer> {
  const { sources, variants, make, settings, signingKeys, clock } = deps;
  const flights = createSingleFlight();
  /** Longer than a picture may take: who waits is served by the one who works. */
  const patienceMs = 2 * settings.limits.timeoutMs;

  async function read(question: ImageQuestion): Promise<ResolvedRequest | Refusal> {
    if (question.method !== 'GET' && question.method !== 'HEAD') {
      return refuse('IMAGE_METHOD_UNSUPPORTED', `${question.method.slice(0, 20)} is neither GET nor HEAD`);
    }
    const request = parseImageRequest(question, settings);
    if (isRefusal(request)) return request;
    const refused =
      signingKeys.length > 0 &&
      (await verifySignature(request, question.search, { keys: signingKeys, now: clock() }));
    return refused || resolveRequest(request, question.accept, settings);
  }

  /** The variant, if it is still one of the source as it is now. */
  async function findStored(request: ImageRequest): Promise<Variant | Refusal | undefined> {
    const found = await variants.find(variantKey(request));
    if (found === undefined) return undefined;
    const now = await sources.stat(request.source);
    if (isRefusal(now)) return now;
    return now.etag === found.sourceETag ? found : undefined;
  }

  async function obtain(request: ImageRequest, looked: boolean): Promise<Found | Refusal> {
    const stored = looked ? undefined : await findStored(request);
    if (stored !== undefined) return isRefusal(stored) ? stored : { variant: stored, isNew: false };
    const variant = await make(request);
    return isRefusal(variant) ? variant : { variant, isNew: true };
  }

  /** Whoever reads the store himself would go on getting what was made of a source that has changed meanwhile. */
  async function isOutdated({ source }: ImageRequest, { sourceETag }: Variant): Promise<boolean> {
    const now = await sources.stat(source);
    return isRefusal(now) || now.etag !== sourceETag;
  }

  async function keep(request: ImageRequest, variant: Variant): Promise<void> {
    const tag = await sourceTag(request.source);
    await variants.keep(variantKey(request), { ...variant, tag }).catch(deps.onError);
  }

  /** The client has it when the source is what it was: nothing is read for that. */
  async function isKnown(request: ImageRequest, ifNoneMatch: string): Promise<string | Refusal | undefined> {
    const source = await sources.stat(request.source);
    if (isRefusal(source)) return source;
    const etag = variantETag(request, source.etag);
    const fields: Fields = [['etag', etag]];
    const asked: Fields = [['if-none-match', ifNoneMatch]];
    const selected = { status: 200, fields, receivedAt: 0 };
    return evaluateConditions('GET', asked, selected) === 'not-modified' ? etag : undefined;
  }

  async function answerResolved(
    request: ResolvedRequest,
    question: ImageQuestion,
  ): Promise<Answer | Refusal> {
    const { ifNoneMatch } = question;
    const known = ifNoneMatch === undefined ? undefined : await isKnown(request, ifNoneMatch);
    if (isRefusal(known)) return known;
    if (known !== undefined) return answerNotModified(request, { ...(await told(request)), etag: known });
    const found = await flights.run(variantKey(request), () => obtain(request, question.looked), patienceMs);
    if (isRefusal(found)) return found;
    const { variant, isNew } = found;
    const etag = variantETag(request, variant.sourceETag);
    const { looked } = question;
    const after = isNew ? () => keepOnce(request, variant, looked) : undefined;
    return answerPicture(request, { ...(await told(request)), variant, etag, after, looked });
  }

  const told = async ({ source }: ImageRequest) => ({ tag: await sourceTag(source), settings });

  /** Of all who waited for one picture, the first stores it. */
  const storing = new WeakSet<Variant>();
  async function keepOnce(request: ImageRequest, variant: Variant, looked: boolean): Promise<void> {
    if (storing.has(variant)) return;
    storing.add(variant);
    if (looked && (await isOutdated(request, variant))) return;
    await keep(request, variant);
  }

  return async question => {
    const request = await read(question);
    if (isRefusal(request)) return answerRefusal(request, { settings });
    const answer = await answerResolved(request, question);
    return isRefusal(answer) ? answerRefusal(answer, { request, settings, fallback: deps.fallback }) : answer;
  };
}
