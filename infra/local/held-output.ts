/**
 * Holds back what a starting process prints, so that a failure can be told in one sentence; once it runs, its words pass
 * through.
 */

import type { ChildProcess } from 'node:child_process';

export interface HeldOutput {
  text(): string;
  /** From here on everything passes through, beginning with what was held. @default to standard error */
  release(to?: (text: string) => unknown): void;
}

const HELD_CHARACTERS = 65_536;

export function holdOutput({ stdout, stderr }: ChildProcess): HeldOutput {
  let held = '';
  let sink: (chunk: string) => unknown = chunk => {
    held = (held + chunk).slice(0, HELD_CHARACTERS);
  };
  for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', chunk => sink(chunk));
  return {
    text: () => held,
    release(to = text => process.stderr.write(text)) {
      sink = to;
      if (held) to(held);
    },
  };
}
