/**
 * Plays the same steps against both sides, one after the other, in short blocks.
 *
 * Shape   Step[] -> what both sides did; Block[] -> the whole run of one side
 */

import type { Step } from '../making/steps.ts';
import type { Measured, Sample } from '../measuring/figures.ts';
import type { Played, Player } from './player.ts';

export interface Block {
  readonly direct: Measured;
  readonly edge: Measured;
}

export interface Players {
  readonly direct: Player;
  readonly edge: Player;
}

export interface PlayedBlock {
  readonly block: Block;
  readonly direct: readonly Played[];
  readonly edge: readonly Played[];
}

/** Which side begins changes from block to block: the second finds the machine as the first has left it. */
export async function playBlock(
  steps: readonly Step[],
  players: Players,
  number: number,
): Promise<PlayedBlock> {
  const first = number % 2 === 0 ? 'direct' : 'edge';
  const one = await playSide(steps, players[first]);
  const other = await playSide(steps, players[first === 'direct' ? 'edge' : 'direct']);
  const [direct, edge] = first === 'direct' ? [one, other] : [other, one];
  return {
    block: { direct: direct.measured, edge: edge.measured },
    direct: direct.played,
    edge: edge.played,
  };
}

async function playSide(steps: readonly Step[], player: Player) {
  const before = player.wireBytes();
  const { played, elapsedMs } = await player.play(steps);
  const wireBytes = player.wireBytes() - before;
  return { played, measured: { samples: played.map(sampleOf), elapsedMs, wireBytes } };
}

function sampleOf({ step, answer, outcome }: Played): Sample {
  return { tookMs: answer.tookMs, isRead: step.kind === 'read', outcome };
}

export function wholeOf(blocks: readonly Block[], side: keyof Block): Measured {
  const parts = blocks.map(block => block[side]);
  const sumOf = (name: 'elapsedMs' | 'wireBytes') => parts.reduce((sum, part) => sum + part[name], 0);
  return {
    samples: parts.flatMap(({ samples }) => samples),
    elapsedMs: sumOf('elapsedMs'),
    wireBytes: sumOf('wireBytes'),
  };
}
