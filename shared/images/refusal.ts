/**
 * What can be wrong with an image request, each with a stable code, its status and words for people.
 *
 * Shape   refuse(code, detail) -> Refusal, a value that parsers and planners return in place of a result
 * Errors  none (total)
 * Source  RFC 9110 §15.5; RFC 9457
 */
import type { Problem } from '../http/problem.ts';

export interface Refusal {
  readonly kind: 'refused';
  readonly code: ImageCode;
  readonly detail: string;
}

const REFUSALS = {
  IMAGE_METHOD_UNSUPPORTED: [405, 'Images are only read'],
  IMAGE_PATH_INVALID: [400, 'This is no image URL'],
  IMAGE_KEY_INVALID: [400, 'The name of the source is malformed'],
  IMAGE_OPTION_UNKNOWN: [400, 'There is no such option'],
  IMAGE_OPTION_INVALID: [400, 'An option has a value it cannot have'],
  IMAGE_OPTION_REPEATED: [400, 'An option is given twice'],
  IMAGE_OPTIONS_CONFLICT: [400, 'Two options exclude each other'],
  IMAGE_PRESET_UNKNOWN: [400, 'There is no such preset'],
  IMAGE_PRESET_REQUIRED: [403, 'Only presets are served here'],
  IMAGE_WATERMARK_UNKNOWN: [400, 'There is no such watermark'],
  IMAGE_SIGNATURE_MISSING: [403, 'The URL is not signed'],
  IMAGE_SIGNATURE_INVALID: [403, 'The signature does not fit the URL'],
  IMAGE_SIGNATURE_EXPIRED: [403, 'The signature has expired'],
  IMAGE_SOURCE_REFUSED: [403, 'The source is not among those allowed'],
  IMAGE_SOURCE_MISSING: [404, 'There is no such source'],
  IMAGE_SOURCE_EMPTY: [422, 'The source is empty'],
  IMAGE_SOURCE_TOO_LARGE: [413, 'The source has too many bytes'],
  IMAGE_TYPE_UNSUPPORTED: [415, 'The source is no image of a known type'],
  IMAGE_SVG_REFUSED: [415, 'SVG sources are not served here'],
  IMAGE_TOO_MANY_PIXELS: [413, 'The source has too many pixels'],
  IMAGE_TOO_MANY_FRAMES: [413, 'The animation has too many frames'],
  IMAGE_RESULT_TOO_LARGE: [422, 'The picture would become too large'],
  IMAGE_CROP_OUTSIDE: [422, 'The crop lies outside of the picture'],
  IMAGE_UNREADABLE: [422, 'The source cannot be decoded'],
  IMAGE_TOO_SLOW: [422, 'The picture takes too long to make'],
  IMAGE_SOURCE_UNAVAILABLE: [502, 'The source cannot be fetched now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ImageCode = keyof typeof REFUSALS;

export function refuse(code: ImageCode, detail: string): Refusal {
  return { kind: 'refused', code, detail };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused';
}

export function refusalStatus({ code }: Refusal): number {
  return REFUSALS[code][0];
}

export function problemOf({ code, detail }: Refusal): Problem {
  const [status, title] = REFUSALS[code];
  const fields = status === 405 ? { fields: [['allow', 'GET, HEAD']] as const } : {};
  return { status, code, title, detail, ...fields };
}
