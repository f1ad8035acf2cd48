/**
 * Requests that an edge has taken in: the system has their bytes, and requests that were sent after them have come through.
 */

import type { Sent } from './ask.ts';
import type { Flow } from './flow.ts';

export async function arrived(asking: readonly Sent[], through: Pick<Flow, 'ask'>): Promise<void> {
  await Promise.all(asking.map(({ sent }) => sent));
  // workerd takes connections in their order; the second goes round once more, for what the first ones had to wait for.
  for (const path of ['/first', '/second']) await through.ask(path);
}

export async function repliesOf(asking: readonly Sent[]) {
  return Promise.all(asking.map(({ reply }) => reply));
}
