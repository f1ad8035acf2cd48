/**
 * An execution context that can be waited for: what an application does after its responses, too.
 */

import type { Hono } from 'hono';

export function createWaiting() {
  const works: Promise<unknown>[] = [];
  const context = {
    waitUntil: (work: Promise<unknown>) => void works.push(work),
    passThroughOnException: () => {},
    props: {},
  };
  return {
    context,
    /** Resolves when nothing is left to do, what came meanwhile included. */
    async settled(): Promise<void> {
      for (let work = works.pop(); work; work = works.pop()) await work;
    },
  };
}

/** The response with its body, when all that it set off is over. */
export async function askApp(app: Pick<Hono, 'request'>, path: string, init: RequestInit = {}) {
  const { context, settled } = createWaiting();
  const response = await app.request(path, init, {}, context);
  const text = await response.text();
  await settled();
  const [, status = ''] = (response.headers.get('cache-status') ?? '').split('Headrace; ');
  return { response, text, status };
}
