/**
 * The bar at the terminal; where standard error is no terminal, a line now and then.
 */

import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  at(played: number): void;
  stop(): void;
}

const EVERY_MS = 10_000;

export function startProgress(total: number): Progress {
  const format = '{bar} {percentage} %  {value} of {total}  {eta_formatted} left';
  const options = { format, hideCursor: true, noTTYOutput: true, notTTYSchedule: EVERY_MS };
  const bar = new SingleBar(options, Presets.shades_classic);
  bar.start(total, 0);
  return { at: played => bar.update(played), stop: () => bar.stop() };
}
