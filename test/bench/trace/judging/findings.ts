/**
 * What is wrong with what the edge delivered, block by block: bodies held against the origin's, statuses against what was
 * asked for.
 *
 * Shape   PlayedBlock, one after the other -> violations and failures
 */

import type { PlayedBlock } from '../playing/blocks.ts';
import { isAsExpected, type Played } from '../playing/player.ts';
import type { Stage } from '../stage/stage.ts';
import { createExaminer } from './examine.ts';
import { settle } from './settle.ts';
import type { Violation } from './truth.ts';

/** The preset's tagsTtl: for so long an isolate may not have heard of a purge elsewhere. */
export const BOUND_MS = 1_000;

export interface Found {
  /** Bodies that were held against the origin's. */
  readonly examined: number;
  readonly violations: readonly Violation[];
  /** Answers whose status is not what it should be, as sentences. */
  readonly failures: readonly string[];
}

export interface Findings {
  add(played: PlayedBlock): Promise<void>;
  all(): Promise<Found>;
}

export function createFindings(stage: Stage): Findings {
  const examiner = createExaminer({ boundMs: BOUND_MS });
  const suspects: Violation[] = [];
  const failures: string[] = [];
  return {
    async add({ direct, edge }) {
      suspects.push(...(await examiner.examine(edge, await stage.behind.collect())));
      failures.push(...[...direct, ...edge].filter(played => !isAsExpected(played)).map(failureOf));
    },
    async all() {
      const violations = await settle(suspects, page => render(stage.behind.url, page));
      return { examined: examiner.examined(), violations, failures };
    },
  };
}

function failureOf({ step, answer }: Played): string {
  const what = step.kind === 'read' ? `GET ${step.url.path}` : `${step.change} of product ${step.product}`;
  return `${what} was answered ${answer.status}`;
}

async function render(origin: string, page: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(origin + page)).arrayBuffer());
}
