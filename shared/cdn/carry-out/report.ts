/**
 * What the row of an invalidation tells of each CDN.
 *
 * Shape   plan, progress, how it ended -> CdnReport
 * Errors  none (total)
 */

import type { CdnVendor } from '../capabilities.ts';
import type { Collapsed } from '../plan/collapse.ts';
import { type CdnProgress, isPassing } from '../progress.ts';
import type { PurgeMode } from '../provider.ts';
import { countCalls } from './parts.ts';
import type { CdnRun, Halt } from './run.ts';

export interface CdnReport {
  readonly vendor: CdnVendor;
  /** `accepted`: it has taken everything; `completed`: and has said that it has taken effect. */
  readonly state: 'completed' | 'accepted' | 'partly' | 'sending' | 'failing' | 'refused';
  /** What was done, whatever was asked for. */
  readonly mode: PurgeMode;
  readonly calls: { readonly done: number; readonly planned: number };
  /** Requests that were sent, those that were refused or repeated included. */
  readonly requests: number;
  readonly repeated: number;
  /** Accepted of the targets that the order came down to. */
  readonly items: number;
  readonly targets: number;
  /** Of the order, what concerns other hosts than this CDN serves. */
  readonly elsewhere?: number;
  /** Folders that stand for their addresses, by the operator's choice; the first few. */
  readonly collapsed?: readonly Collapsed[];
  readonly errors: readonly { readonly code: string; readonly message: string; readonly items?: number }[];
}

/** A row holds 64 KB, for all CDNs together. */
const MOST_COLLAPSED = 10;
const LONGEST_FOLDER = 120;

export function reportOf({ plan, provider, wait }: CdnRun, progress: CdnProgress, halt: Halt): CdnReport {
  const { elsewhere, collapsed, refused } = plan;
  const isUnderWay = halt.kind === 'later' || halt.kind === 'failing' || progress.again.length > 0;
  const errors = isUnderWay ? progress.errors : progress.errors.filter(error => !isPassing(error));
  const isNow = provider.capabilities.takesEffectMs === 0;
  return {
    vendor: provider.capabilities.vendor,
    state: stateOf({ plan, progress, halt, isCompleted: wait || isNow }),
    mode: plan.mode,
    calls: countCalls(plan, progress),
    requests: progress.requests,
    repeated: progress.repeated,
    items: progress.items,
    targets: plan.targets,
    ...(elsewhere > 0 && { elsewhere }),
    ...(collapsed.length > 0 && { collapsed: collapsed.slice(0, MOST_COLLAPSED).map(shortened) }),
    errors: [...refused, ...errors],
  };
}

function shortened({ prefix, urls }: Collapsed): Collapsed {
  return { prefix: prefix.length > LONGEST_FOLDER ? `${prefix.slice(0, LONGEST_FOLDER)}…` : prefix, urls };
}

interface Stand extends Pick<CdnRun, 'plan'> {
  readonly progress: CdnProgress;
  readonly halt: Halt;
  readonly isCompleted: boolean;
}

function stateOf({ plan, progress, halt, isCompleted }: Stand): CdnReport['state'] {
  if (halt.kind === 'refused') return 'refused';
  if (halt.kind === 'later') return 'sending';
  if (halt.kind === 'failing' || progress.again.length > 0) return 'failing';
  if (plan.refused.length + progress.refused.length === 0) return isCompleted ? 'completed' : 'accepted';
  return progress.items === 0 ? 'refused' : 'partly';
}
