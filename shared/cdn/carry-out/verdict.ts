/**
 * What becomes of a job after it has been at all its CDNs.
 *
 * Shape   how each ended -> done | later | again | refused, with a sentence
 * Units   ms
 * Errors  none (total)
 */

import { type CdnProgress, isPassing } from '../progress.ts';
import type { CdnRun, Halt } from './run.ts';

export type Verdict =
  | { readonly kind: 'done' }
  /** Somebody asked to wait, or the time was over: no attempt is counted. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly message: string }
  | { readonly kind: 'again'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** How it came to its end at one CDN. */
export interface Ended {
  readonly run: CdnRun;
  readonly progress: CdnProgress;
  readonly halt: Halt;
}

/** Nothing was accepted for so long: from now on coming back counts as an attempt. */
const MOST_STALLED_MS = 6 * 60 * 60 * 1_000;

export function decideVerdict(ended: readonly Ended[], now: number): Verdict {
  const waiting = ended.flatMap(({ halt, progress }) =>
    halt.kind === 'later' && now - progress.movedAt < MOST_STALLED_MS ? [halt.afterMs] : [],
  );
  if (waiting.length > 0)
    return { kind: 'later', afterMs: Math.max(0, Math.min(...waiting)), message: sentenceOf(ended) };
  const isFailing = ended.some(
    ({ halt, progress }) => halt.kind === 'later' || halt.kind === 'failing' || progress.again.length > 0,
  );
  if (isFailing) return { kind: 'again', message: sentenceOf(ended) };
  const refused = ended.find(isRefused);
  if (!refused) return { kind: 'done' };
  return { kind: 'refused', code: codeOf(refused), message: sentenceOf(ended.filter(isRefused)) };
}

function isRefused({ run, progress, halt }: Ended): boolean {
  return halt.kind === 'refused' || run.plan.refused.length + progress.refused.length > 0;
}

function codeOf({ run, progress }: Ended): string {
  return (
    run.plan.refused[0]?.code ?? progress.errors.findLast(error => !isPassing(error))?.code ?? 'CDN_REFUSED'
  );
}

function sentenceOf(ended: readonly Ended[]): string {
  return ended
    .map(({ run, progress }) => {
      const said = run.plan.refused[0]?.message ?? progress.errors.at(-1)?.message;
      const stand = `${run.provider.name} ${progress.next - progress.again.length} of ${run.plan.calls.length} calls`;
      return said ? `${stand}: ${said}` : stand;
    })
    .join('; ');
}
