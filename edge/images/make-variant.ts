/**
 * Makes a variant the way a client would: asks for its URL, which makes and stores it, and looks at what came.
 *
 * Shape   URL path -> size and type of the picture | the code of its refusal
 * Cost    what a request for a picture costs
 */

import { imageSize } from 'image-size';
import type { FailedVariant, MadeVariant } from '../../shared/images/responsive/responsive-images.ts';
import type { WaitUntil } from '../platform.ts';
import type { AnswerImage } from './answer-image.ts';

export interface MakeVariantOptions {
  readonly answer: AnswerImage;
  /** Scheme and host that the URLs are of: the entries are found again under the same. */
  readonly origin: string;
  readonly waitUntil: WaitUntil;
}

export function createMakeVariant({ answer, origin, waitUntil }: MakeVariantOptions) {
  return async (path: string): Promise<MadeVariant | FailedVariant> => {
    const response = await answer(new Request(origin + path), waitUntil, 'signed');
    if (!response.ok) return { ok: false, code: await codeOf(response) };
    const bytes = new Uint8Array(await response.arrayBuffer());
    const { width, height } = imageSize(bytes);
    const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
    return { ok: true, width, height, bytes: bytes.byteLength, contentType };
  };
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : `STATUS_${response.status}`;
}
