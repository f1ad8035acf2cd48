/**
 * Shows how far a job is: a bar in a terminal, a line for each step where the output goes into a file.
 *
 * Shape   { show(percent, words), end() }
 */

import { Presets, SingleBar } from 'cli-progress';

export interface Bar {
  show(percent: number, words: string): void;
  end(): void;
}

export function createBar(stream: NodeJS.WritableStream & { readonly isTTY?: boolean }): Bar {
  return stream.isTTY ? terminalBar(stream) : lines(stream);
}

function terminalBar(stream: NodeJS.WritableStream): Bar {
  const bar = new SingleBar(
    { stream, format: '{bar} {percentage} %  {words}', hideCursor: true, fps: 20, gracefulExit: false },
    Presets.shades_classic,
  );
  bar.start(100, 0, { words: '' });
  return {
    show: (percent, words) => bar.update(percent, { words }),
    end: () => bar.stop(),
  };
}

function lines(stream: NodeJS.WritableStream): Bar {
  let last = '';
  return {
    show(percent, words) {
      const line = `${String(Math.round(percent)).padStart(3)} %  ${words}`;
      if (line !== last) stream.write(`${line}\n`);
      last = line;
    },
    end() {},
  };
}
