/**
 * The demo origin of one side, in a process of its own, with a witness: what it rendered and changed, and what that cost.
 *
 * Shape   DATABASE_URL -> { url }; then 'collect' -> Testimony since the last one; ends with its parent
 */

import { createHash } from 'node:crypto';
import { createDemo } from '../../../../infra/local/demo/app.ts';
import { countQueries, createDatabase, openPool } from '../../../../infra/local/demo/database.ts';
import { listen } from '../../../../infra/local/demo/listen.ts';
import type { Rendering } from '../judging/truth.ts';
import { machineMs } from '../playing/wire.ts';
import { CHANGE_HEADER, TAGS_HEADER } from './witness.ts';

export interface Testimony {
  readonly renderings: readonly Rendering[];
  /** Which tags, and when it was done. */
  readonly changes: readonly {
    readonly id: string;
    readonly tags: readonly string[];
    readonly doneAt: number;
  }[];
  /** Since it was started. */
  readonly requests: number;
  readonly queries: number;
}

const database = countQueries(createDatabase(openPool(process.env.DATABASE_URL ?? '')));
const demo = createDemo(database);
let renderings: Rendering[] = [];
let changes: Testimony['changes'][number][] = [];
let requests = 0;

process.on('disconnect', () => process.exit());
process.on('message', () => {
  process.send?.({ renderings, changes, requests, queries: database.queries() } satisfies Testimony);
  renderings = [];
  changes = [];
});
process.send?.({ url: await listen(answer) });

async function answer(request: Request): Promise<Response> {
  requests += 1;
  const startedAt = machineMs();
  const response = await demo.fetch(request);
  if (request.method !== 'GET') return witnessedChange(request, response);
  if (response.status === 200) return witnessed(request, response, startedAt);
  return response;
}

function witnessedChange(request: Request, response: Response): Response {
  const tags = tagsIn(response.headers.get('cache-group-invalidation'));
  const id = request.headers.get(CHANGE_HEADER);
  if (id === null || tags.length === 0) return response;
  changes.push({ id, tags, doneAt: machineMs() });
  const answered = new Response(response.body, response);
  answered.headers.delete('cache-group-invalidation');
  answered.headers.set(TAGS_HEADER, tags.join(' '));
  return answered;
}

async function witnessed(request: Request, response: Response, startedAt: number): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer());
  const { pathname, search } = new URL(request.url);
  renderings.push({
    page: pathname + search,
    hash: createHash('sha256').update(body).digest('base64'),
    tags: tagsIn(response.headers.get('cache-groups')),
    startedAt,
  });
  const answered = new Response(body, response);
  answered.headers.delete('cache-groups');
  return answered;
}

function tagsIn(list: string | null): readonly string[] {
  return [...(list ?? '').matchAll(/"([^"]+)"/g)].map(([, tag = '']) => tag);
}
