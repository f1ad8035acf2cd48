/**
 * The port to what decodes and encodes: it looks at a source, and carries out plans.
 *
 * Units   bytes
 * Errors  IMAGE_UNREADABLE, IMAGE_TOO_SLOW, IMAGE_TYPE_UNSUPPORTED, IMAGE_SVG_REFUSED as values; it throws for nothing that a
 *         source can be
 * Cost    `inspect` reads a header; `make` decodes, and takes what the plan takes
 */
import type { Plan } from './plan/plan.ts';
import type { SourceFacts } from './plan/source-facts.ts';
import type { Refusal } from './refusal.ts';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A source that was looked at. */
export interface Inspected {
  readonly bytes: Uint8Array;
  readonly facts: SourceFacts;
}

export interface Description {
  readonly width: number;
  readonly height: number;
  readonly type: SourceFacts['type'];
  readonly bytes: number;
  readonly frames: number;
  readonly hasAlpha: boolean;
  /** Of about 25 bytes, in base64; see evanw/thumbhash. */
  readonly thumbhash: string;
  /** A data URI of some hundred bytes to show until the picture is there. */
  readonly placeholder: string;
  /** `#rrggbb` */
  readonly dominantColour: string;
}

export interface ImageEngine {
  inspect(bytes: Uint8Array): Promise<Inspected | Refusal>;
  /** Cuts off borders of one colour; the result is lossless, and inspected anew. */
  trim(source: Inspected, threshold: number): Promise<Inspected | Refusal>;
  make(source: Inspected, plan: Plan, watermark?: Uint8Array): Promise<Picture | Refusal>;
  describe(source: Inspected): Promise<Description | Refusal>;
}
