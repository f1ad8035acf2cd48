/**
 * What sharp's errors mean: with a checked plan, it is the source that cannot be decoded, or that takes too long.
 *
 * Shape   work -> its result | Refusal
 * Errors  whatever is not an Error of decoding, such as a parameter of ours that sharp does not take
 */
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';

export async function refusing<Result>(work: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError || !(error instanceof Error)) throw error;
    return meaningOf(error.message);
  }
}

function meaningOf(message: string): Refusal {
  if (/timeout/i.test(message)) return refuse('IMAGE_TOO_SLOW', 'decoding was given up');
  if (/exceeds pixel limit/i.test(message))
    return refuse('IMAGE_TOO_MANY_PIXELS', 'it is larger than it says');
  if (/bad extract area/i.test(message))
    return refuse('IMAGE_CROP_OUTSIDE', 'nothing is left of the picture');
  return refuse('IMAGE_UNREADABLE', firstLine(message));
}

/** libvips names the decoder and what it stumbled over, in one line each. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
}
