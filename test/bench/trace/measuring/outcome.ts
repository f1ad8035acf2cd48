/**
 * What the edge did with a request, read from its Cache-Status.
 *
 * Shape   'Headrace; hit; ttl=42; detail=L2' -> 'L2'
 * Source  RFC 9211 §2
 */

export const OUTCOMES = ['L1', 'L2', 'collapsed', 'miss', 'passed'] as const;

/** `collapsed` waited for another's request to the origin; `passed` is what no cache answers. */
export type Outcome = (typeof OUTCOMES)[number];

const MEMBER = /(?:^|,\s*)Headrace;\s*([^,]*)/;

/** Undefined where the edge said nothing: then somebody else answered. */
export function outcomeOf(cacheStatus: string | undefined): Outcome | undefined {
  const [, said] = MEMBER.exec(cacheStatus ?? '') ?? [];
  if (said === undefined) return undefined;
  const words = said.split(/;\s*/);
  if (words.includes('hit')) return words.includes('detail=L2') ? 'L2' : 'L1';
  if (words.includes('fwd=method') || words.includes('fwd=bypass')) return 'passed';
  return words.includes('collapsed') ? 'collapsed' : 'miss';
}
