/**
 * Makes a variant the way a client would: asks for its URL, which makes and stores it, and looks at what came.
 *
 * Shape   URL path -> size and type of the picture | the code of its refusal
 * Cost    what a request for a picture costs
 */

import { readVariant } from '../../shared/images/responsive/read-variant.ts';
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
    return readVariant(await answer(new Request(origin + path), waitUntil, 'signed'));
  };
}
