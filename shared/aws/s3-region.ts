/**
 * The region that requests to a bucket are signed for: the one its address names, whatever region the rest is in.
 *
 * Shape   'https://assets.s3.eu-central-1.amazonaws.com/' -> 'eu-central-1'; an address without one takes the other
 * Errors  none (total)
 */

export function s3RegionOf(url: string, otherwise: string): string {
  return /\.s3[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com/.exec(new URL(url).hostname)?.[1] ?? otherwise;
}
