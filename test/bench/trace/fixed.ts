/**
 * Plays the fixed trace against the origin and through the edge, by turns, and examines all that the edge delivered.
 *
 * Shape   options -> figures of both sides, block by block and in all, and what was found wrong
 */

import { type Block, type PlayedBlock, playBlock, wholeOf } from './blocks.ts';
import { createExaminer } from './examine.ts';
import { type Counters, type Figures, figuresOf } from './figures.ts';
import { hitLimit, type Limit } from './limit.ts';
import { type Owned, owning } from './owned.ts';
import {
  createPlayer,
  headerOf,
  isAsExpected,
  type Played,
  type Player,
  type PlayerOptions,
} from './player.ts';
import { createPurge } from './purge.ts';
import { settle } from './settle.ts';
import { openStage, type Stage } from './stage.ts';
import { makeSteps } from './steps.ts';
import type { Violation } from './truth.ts';
import { makeUrls } from './urls.ts';
import { openWire } from './wire.ts';

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

export const EXPONENT = 0.9;
const SEEDS = { urls: 1, steps: 2 } as const;

/** The preset's tagsTtl: for so long an isolate may not have heard of a purge elsewhere. */
export const BOUND_MS = 1_000;

export interface Result {
  readonly direct: Figures;
  readonly edge: Figures;
  readonly blocks: readonly Block[];
}

export interface FixedResult extends Result {
  readonly limit: Limit;
  readonly pages: number;
  /** How often the edge had to do without Redis. */
  readonly lateRedis: number;
  readonly examined: number;
  readonly violations: readonly Violation[];
  /** Answers whose status is not what it should be, as sentences. */
  readonly failures: readonly string[];
}

export function runFixed(options: FixedOptions): Promise<FixedResult> {
  return owning(own => run(options, own));
}

async function run(options: FixedOptions, own: Owned): Promise<FixedResult> {
  const { requests, products, connections, blockSize, onProgress } = options;
  const urls = makeUrls({ urls: options.urls, products, exponent: EXPONENT, seed: SEEDS.urls });
  const steps = makeSteps(urls, { requests, exponent: EXPONENT, seed: SEEDS.steps });
  const stage = await openStage(options, own);
  const purge = createPurge(stage.adminToken);
  const players = {
    direct: await openPlayer({ urls: [stage.direct.url], connections }, own),
    edge: await openPlayer({ urls: stage.edges.map(({ url }) => url), connections, purge }, own),
  };
  const before = await countersOf(stage);
  const findings = createFindings(stage);
  const blocks: Block[] = [];
  for (let at = 0; at < steps.length; at += blockSize) {
    const played = await playBlock(steps.slice(at, at + blockSize), players, blocks.length);
    blocks.push(played.block);
    await findings.add(played);
    onProgress(Math.min(at + blockSize, steps.length));
  }
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

function createFindings(stage: Stage) {
  const examiner = createExaminer({ boundMs: BOUND_MS });
  const suspects: Violation[] = [];
  const failures: string[] = [];
  return {
    async add({ direct, edge }: PlayedBlock): Promise<void> {
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

type PlayerOf = Pick<PlayerOptions, 'connections' | 'purge'> & { readonly urls: readonly string[] };

/** Signed in, since only customers write reviews. */
async function openPlayer({ urls, ...options }: PlayerOf, own: Owned): Promise<Player> {
  const wires = urls.map(url => openWire(url, options.connections));
  own.undo(() => Promise.all(wires.map(wire => wire.close())));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'customer1@example.com' });
  const answer = await wires[0]?.ask({ method: 'POST', path: '/account/sign-in', headers, body });
  const [cookie = ''] = (answer && headerOf(answer, 'set-cookie'))?.split(';') ?? [];
  return createPlayer({ ...options, wires, cookie });
}

async function countersOf({ direct, behind, redis }: Stage): Promise<Record<'direct' | 'edge', Counters>> {
  const [alone, cached, counted] = [await direct.collect(), await behind.collect(), await redis.collect()];
  return {
    direct: { originRequests: alone.requests, queries: alone.queries, redis: undefined },
    edge: { originRequests: cached.requests, queries: cached.queries, redis: counted },
  };
}

function since(before: Counters, after: Counters): Counters {
  const { redis } = after;
  return {
    originRequests: after.originRequests - before.originRequests,
    queries: (after.queries ?? 0) - (before.queries ?? 0),
    redis: redis && {
      trips: redis.trips - (before.redis?.trips ?? 0),
      commands: redis.commands - (before.redis?.commands ?? 0),
      billed: redis.billed - (before.redis?.billed ?? 0),
    },
  };
}
