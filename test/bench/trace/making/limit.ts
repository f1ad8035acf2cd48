/**
 * The most that a cache could hit on a trace that it meets empty, had it endless memory and showed every change at once: the
 * first request for a page is a miss, and so is the first after its product changed.
 *
 * Shape   Step[] -> share of the reads, 0 to 1
 */

import { productOf, type Step } from './steps.ts';

export interface Limit {
  /** When each spelling counts as a page of its own. */
  readonly bySpelling: number;
  /** When all spellings of a page are one. */
  readonly byPage: number;
}

export function hitLimit(steps: readonly Step[]): Limit {
  return { bySpelling: limitBy(steps, ({ path }) => path), byPage: limitBy(steps, ({ page }) => page) };
}

type Named = { readonly path: string; readonly page: string };

function limitBy(steps: readonly Step[], nameOf: (url: Named) => string): number {
  const versions = new Map<number, number>();
  const known = new Map<string, number>();
  let [reads, hits] = [0, 0];
  for (const step of steps) {
    if (step.kind === 'write') {
      versions.set(step.product, (versions.get(step.product) ?? 0) + 1);
      continue;
    }
    const version = versions.get(productOf(step.url.page) ?? 0) ?? 0;
    reads += 1;
    if (known.get(nameOf(step.url)) === version) hits += 1;
    known.set(nameOf(step.url), version);
  }
  return reads === 0 ? 0 : hits / reads;
}
