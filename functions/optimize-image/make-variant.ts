/**
 * Makes a variant: reads the source, looks at it, plans, and has the plan carried out.
 *
 * Shape   resolved request -> the picture with its source's ETag | Refusal
 * Errors  none of its own: what a source can be is a Refusal
 * Cost    four at once, the others wait; one read of the source, one decoding; more only where the result is larger than its source
 */
import type { ImageEngine, Inspected, Picture } from '../../shared/images/engine.ts';
import type { ImageOptions, ImageRequest } from '../../shared/images/options.ts';
import type { Plan } from '../../shared/images/plan/plan.ts';
import { planPicture } from '../../shared/images/plan/plan-picture.ts';
import { smallerEncoding } from '../../shared/images/plan/smaller-encoding.ts';
import { checkSource } from '../../shared/images/plan/source-facts.ts';
import { isRefusal, type Refusal } from '../../shared/images/refusal.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';
import type { SourceStore, Variant } from '../../shared/images/stores.ts';
import { createSlots } from './slots.ts';

export interface MakeDeps {
  readonly sources: SourceStore;
  readonly engine: ImageEngine;
  readonly settings: ImageSettings;
}

export type MakeVariant = (request: ImageRequest) => Promise<Variant | Refusal>;

export function createMakeVariant({ sources, engine, settings }: MakeDeps): MakeVariant {
  const { limits } = settings;

  async function makePicture(source: Inspected, options: ImageOptions): Promise<Picture | Refusal> {
    const plan = planPicture(source.facts, options, settings);
    if (isRefusal(plan)) return plan;
    const mark = await watermarkOf(plan);
    return isRefusal(mark) ? mark : fitSource(source, plan, mark);
  }

  async function watermarkOf({ steps }: Plan): Promise<Uint8Array | undefined | Refusal> {
    const step = steps.find(step => step.step === 'watermark');
    if (step === undefined) return undefined;
    const read = await sources.read(step.key, limits.maxSourceBytes);
    return isRefusal(read) ? read : read.bytes;
  }

  /** Never larger than the source in the same format, unless there is more to see. */
  async function fitSource(source: Inspected, plan: Plan, mark?: Uint8Array): Promise<Picture | Refusal> {
    let made = await engine.make(source, plan, mark);
    if (isRefusal(made) || !isComparable(source, plan)) return made;
    let { encoding } = plan;
    for (let attempt = 1; made.bytes.byteLength > source.bytes.byteLength; attempt++) {
      const smaller = smallerEncoding(encoding, made.bytes.byteLength / source.bytes.byteLength, attempt);
      if (smaller === undefined) return made;
      encoding = smaller;
      const next = await engine.make(source, { ...plan, encoding }, mark);
      if (isRefusal(next)) return next;
      if (next.bytes.byteLength < made.bytes.byteLength) made = next;
    }
    return made;
  }

  async function describe(source: Inspected): Promise<Picture | Refusal> {
    const refused = checkSource(source.facts, limits, false);
    if (refused) return refused;
    const description = await engine.describe(source);
    if (isRefusal(description)) return description;
    return { bytes: new TextEncoder().encode(JSON.stringify(description)), contentType: 'application/json' };
  }

  /** What is trimmed is decoded for it, so the limits come first. */
  async function trimmed(source: Inspected, { trim }: ImageOptions): Promise<Inspected | Refusal> {
    if (trim === undefined || hasNoInside(source)) return source;
    return checkSource(source.facts, limits, false) ?? engine.trim(source, trim);
  }

  async function make({ source: name, options }: ImageRequest): Promise<Variant | Refusal> {
    const read = await sources.read(name, limits.maxSourceBytes);
    if (isRefusal(read)) return read;
    const inspected = await engine.inspect(read.bytes);
    if (isRefusal(inspected)) return inspected;
    const source = await trimmed(inspected, options);
    if (isRefusal(source)) return source;
    const made = await (options.format === 'json' ? describe(source) : makePicture(source, options));
    return isRefusal(made) ? made : { ...made, sourceETag: read.etag };
  }

  const inSlot = createSlots(AT_ONCE);
  return request => inSlot(() => make(request));
}

/** As many as libuv has threads to decode in: more would only hold their sources in memory, and be timed while they wait. */
const AT_ONCE = 4;

/** A border needs something that it is around. */
function hasNoInside({ facts: { width, height } }: Inspected): boolean {
  return Math.min(width, height) < 3;
}

function isComparable({ facts }: Inspected, { encoding, size }: Plan): boolean {
  return facts.type === encoding.format && size.width * size.height <= facts.width * facts.height;
}
