/**
 * Plays the fixed trace against the origin and through the edge, by turns, and examines all that the edge delivered.
 *
 * Shape   options -> figures of both sides, block by block and in all, and what was found wrong
 */

import { createFindings, type Findings, type Found } from './judging/findings.ts';
import { hitLimit, type Limit } from './making/limit.ts';
import { makeSteps, type Step } from './making/steps.ts';
import { makeUrls } from './making/urls.ts';
import { countersOf, since } from './measuring/counters.ts';
import { type Figures, figuresOf } from './measuring/figures.ts';
import { type Block, type Players, playBlock, wholeOf } from './playing/blocks.ts';
import { openPlayers } from './playing/players.ts';
import { type Owned, owning } from './stage/owned.ts';
import { openStage } from './stage/stage.ts';

export interface FixedOptions {
  readonly requests: number;
  readonly urls: number;
  readonly products: number;
  readonly isolates: number;
  readonly connections: number;
  readonly blockSize: number;
  readonly onProgress: (played: number) => void;
}

export const FIXED = {
  requests: 50_000,
  urls: 10_000,
  products: 50_000,
  isolates: 2,
  connections: 8,
  blockSize: 1_000,
} as const satisfies Partial<FixedOptions>;

const EXPONENT = 0.9;
const SEEDS = { urls: 1, steps: 2 } as const;

export interface Result {
  readonly direct: Figures;
  readonly edge: Figures;
  readonly blocks: readonly Block[];
}

export interface FixedResult extends Result, Found {
  readonly limit: Limit;
  readonly pages: number;
  /** How often the edge had to do without Redis. */
  readonly lateRedis: number;
}

export function runFixed(options: FixedOptions): Promise<FixedResult> {
  return owning(own => run(options, own));
}

async function run(options: FixedOptions, own: Owned): Promise<FixedResult> {
  const { requests, products } = options;
  const urls = makeUrls({ urls: options.urls, products, exponent: EXPONENT, seed: SEEDS.urls });
  const steps = makeSteps(urls, { requests, exponent: EXPONENT, seed: SEEDS.steps });
  const stage = await openStage(options, own);
  const players = await openPlayers(stage, options.connections, own);
  const findings = createFindings(stage);
  const before = await countersOf(stage);
  const blocks = await playAll(steps, { players, findings, ...options });
  const after = await countersOf(stage);
  return {
    blocks,
    direct: figuresOf(wholeOf(blocks, 'direct'), since(before.direct, after.direct)),
    edge: figuresOf(wholeOf(blocks, 'edge'), since(before.edge, after.edge)),
    limit: hitLimit(steps),
    lateRedis: stage.lateRedis(),
    pages: new Set(urls.map(({ page }) => page)).size,
    ...(await findings.all()),
  };
}

interface Playing extends Pick<FixedOptions, 'blockSize' | 'onProgress'> {
  readonly players: Players;
  readonly findings: Findings;
}

async function playAll(steps: readonly Step[], playing: Playing): Promise<readonly Block[]> {
  const { players, findings, blockSize, onProgress } = playing;
  const blocks: Block[] = [];
  for (let at = 0; at < steps.length; at += blockSize) {
    const played = await playBlock(steps.slice(at, at + blockSize), players, blocks.length);
    blocks.push(played.block);
    await findings.add(played);
    onProgress(Math.min(at + blockSize, steps.length));
  }
  return blocks;
}
