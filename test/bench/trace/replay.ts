/**
 * Replays the user's own traffic, to the origin and through the edge, by turns.
 *
 * What the origin should have said is not known here: each answer of the edge is held against the origin's answer to the same
 * request of the same block, and the share of equal ones is told. Pages that are made anew each time differ.
 *
 * Shape   options -> figures of both sides
 * Errors  rejects when the origin or the edge cannot be reached
 */

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import config from '../../../headrace.config.ts';
import type { ConfigInput } from '../../../shared/config/config.ts';
import type { Result } from './fixed.ts';
import type { ReadStep } from './making/steps.ts';
import { type Figures, figuresOf } from './measuring/figures.ts';
import { type Block, type PlayedBlock, playBlock, wholeOf } from './playing/blocks.ts';
import { createPlayer, type Played, type Player } from './playing/player.ts';
import { decodedBody, openWire } from './playing/wire.ts';
import { type Edges, openEdges } from './stage/edges.ts';
import { type Owned, owning } from './stage/owned.ts';
import type { Replayed } from './traffic/traffic.ts';

export interface ReplayOptions {
  readonly requests: readonly Replayed[];
  readonly origin: URL;
  readonly host: string;
  readonly isolates: number;
  readonly connections: number;
  readonly blockSize: number;
  readonly onProgress: (played: number) => void;
}

/** Fewer at once than the fixed trace: the origin is somebody's. */
export const REPLAY = { isolates: 2, connections: 4, blockSize: 500 } as const;

export interface ReplayResult extends Result {
  /** Share of the edge's answers that were the origin's, byte for byte. */
  readonly equalRatio: number;
}

export function runReplay(options: ReplayOptions): Promise<ReplayResult> {
  return owning(own => run(options, own));
}

async function run(options: ReplayOptions, own: Owned): Promise<ReplayResult> {
  const { origin, isolates, blockSize, onProgress } = options;
  const folder = await mkdtemp(join(tmpdir(), 'headrace-bench-'));
  own.undo(() => rm(folder, { recursive: true, force: true }));
  const stage = await openEdges(
    { folder, isolates, config: onlyHere(config), originUrl: origin.origin },
    own,
  );
  const players = {
    direct: openPlayer([origin.origin], options, own),
    edge: openPlayer(
      stage.edges.map(({ url }) => url),
      options,
      own,
    ),
  };
  const steps = options.requests.map(stepOf);
  const blocks: Block[] = [];
  let [compared, equal] = [0, 0];
  for (let at = 0; at < steps.length; at += blockSize) {
    const played = await playBlock(steps.slice(at, at + blockSize), players, blocks.length);
    blocks.push(played.block);
    const same = await compare(played);
    compared += same.length;
    equal += same.filter(Boolean).length;
    onProgress(Math.min(at + blockSize, steps.length));
  }
  return {
    blocks,
    ...(await figuresOfBoth(blocks, stage)),
    equalRatio: compared === 0 ? 0 : equal / compared,
  };
}

/** Routes, levels and limits as the user has them; no origin but the one that was named. */
function onlyHere({ routes = [], ...given }: ConfigInput): ConfigInput {
  return { ...given, origins: {}, hosts: {}, routes: routes.map(({ origin: _, ...route }) => route) };
}

function openPlayer(urls: readonly string[], { connections, host }: ReplayOptions, own: Owned): Player {
  const wires = urls.map(url => openWire(url, connections));
  own.undo(() => Promise.all(wires.map(wire => wire.close())));
  return createPlayer({ wires, connections, host });
}

function stepOf({ method, path, headers }: Replayed): ReadStep {
  return { kind: 'read', url: { path, page: path }, isConditional: false, method, headers };
}

async function figuresOfBoth(
  blocks: readonly Block[],
  stage: Edges,
): Promise<Record<'direct' | 'edge', Figures>> {
  const [direct, edge] = [wholeOf(blocks, 'direct'), wholeOf(blocks, 'edge')];
  const asked = edge.samples.filter(({ outcome }) => outcome === 'miss' || outcome === 'passed').length;
  return {
    direct: figuresOf(direct, {
      originRequests: direct.samples.length,
      queries: undefined,
      redis: undefined,
    }),
    edge: figuresOf(edge, { originRequests: asked, queries: undefined, redis: await stage.redis.collect() }),
  };
}

/** Played one after the other, both sides have the same steps; they may have ended in another order. */
async function compare({ direct, edge }: PlayedBlock): Promise<readonly boolean[]> {
  const wanted = new Map(
    await Promise.all(direct.map(async played => [played.step, await contentOf(played)] as const)),
  );
  return Promise.all(edge.map(async played => wanted.get(played.step) === (await contentOf(played))));
}

async function contentOf({ answer }: Played): Promise<string> {
  return `${answer.status} ${createHash('sha256')
    .update(await decodedBody(answer))
    .digest('base64')}`;
}
