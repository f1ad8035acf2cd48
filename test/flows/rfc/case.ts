/**
 * Cases for a shared cache, told from outside: what the client asks, what the origin answers, whether it was asked at all.
 * Each runs in both profiles, with a client that names its case in every request, as a test suite would.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../../../infra/local/edge/start.ts';
import type { Answer, Behaviour } from '../../fakes/origin.ts';
import { ask, type Question, type Reply } from '../ask.ts';
import { type Flow, startFlow } from '../flow.ts';

export type Headers = Record<string, string | string[]>;
type Profile = 'safe' | 'strict';

/** One request and what has to become of it. */
export interface Step {
  readonly asks?: (Question & { readonly query?: string }) | undefined;
  /** What the origin would answer; the last one said stays. */
  readonly origin?: Answer | Behaviour;
  /** Said by any step: an edge that gives the origin half a second takes the case. */
  readonly hasty?: boolean;
  /** Whether the origin has to be left alone, or asked. */
  readonly served?: boolean | Readonly<Record<Profile, boolean>> | undefined;
  readonly status?: number;
  readonly body?: string;
  /** On the client's response; undefined means absent. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** On the request that reached the origin. */
  readonly sends?: Readonly<Record<string, unknown>>;
}

export type Case = readonly [name: string, ...steps: Step[]];

export function runCases(title: string, cases: readonly Case[]): void {
  // Of the file, not of a group: all groups of it share the edges.
  afterAll(stopEdges);
  describe.each<Profile>(['safe', 'strict'])(`${title}, %s`, profile => {
    let edges: Edges;
    beforeAll(async () => {
      edges = await edgesOf(profile);
    });

    test.each(cases.map(([name, ...steps]) => ({ name, steps })))('$name', async ({ name, steps }) => {
      const { flow, hasty } = edges;
      const { url } = steps.some(step => step.hasty) ? hasty : flow;
      const page = flow.origin.page({});
      for (const [index, step] of steps.entries()) {
        if (step.origin) page.becomes(step.origin);
        const before = page.asked.length;
        const { query = '', ...question } = step.asks ?? {};
        const headers = {
          'test-id': name.replace(/[^\w]/g, '-'),
          'req-num': String(index),
          ...(question.headers && 'pragma' in question.headers ? {} : SAYS_NOTHING),
          ...question.headers,
        };
        const reply = await ask(url, page.path + query, { ...question, headers });
        check(step, { reply, asked: page.asked.slice(before), profile, index });
      }
    });
  });
}

/** So that the client's own library adds no directives: such clients want to be served like others. */
const SAYS_NOTHING = { pragma: 'nothing', 'cache-control': 'nothing-to-see-here' };

interface Edges {
  readonly flow: Flow;
  readonly hasty: Edge;
}

const started = new Map<Profile, Promise<Edges>>();

function edgesOf(profile: Profile): Promise<Edges> {
  const edges = started.get(profile) ?? startEdges(profile);
  started.set(profile, edges);
  return edges;
}

async function startEdges(profile: Profile): Promise<Edges> {
  const variables = { HEADRACE_PROFILE: profile, FORWARD_HEADERS: 'Test-ID, Req-Num' };
  const flow = await startFlow({ variables });
  return { flow, hasty: await flow.another({ ORIGIN_TIMEOUT_MS: '500' }) };
}

async function stopEdges(): Promise<void> {
  const all = [...started.values()];
  started.clear();
  for (const edges of all) await (await edges).flow.stop();
}

/** Shorthand for the commonest case: the same request twice, the second served from the cache or not. */
export function twice(
  name: string,
  headers: Headers,
  served: Step['served'],
  second: Step['asks'] = {},
): Case {
  return [name, { origin: { headers, body: 'page' }, served: false }, { asks: second, served }];
}

export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

interface Outcome {
  readonly reply: Reply;
  readonly asked: readonly { readonly headers: object }[];
  readonly profile: Profile;
  readonly index: number;
}

function check(
  { served, status, body, fields = {}, sends = {} }: Step,
  { reply, asked, profile, index }: Outcome,
): void {
  const at = `request ${index + 1}, ${reply.status}, ${reply.cacheStatus}`;
  // A refresh behind the client's back asks the origin, too.
  const isServed = asked.length === 0 || reply.cacheStatus?.startsWith('hit');
  const expected = typeof served === 'object' ? served[profile] : served;
  if (expected !== undefined) expect(isServed, `${at}: served from the cache`).toBe(expected);
  if (status !== undefined) expect(reply.status, at).toBe(status);
  if (body !== undefined) expect(reply.text, at).toBe(body);
  for (const [name, value] of Object.entries(fields))
    expect(reply.headers[name], `${at}: ${name}`).toEqual(value);
  const sent = Object(asked[0]?.headers) as Record<string, unknown>;
  for (const [name, value] of Object.entries(sends))
    expect(sent[name], `${at}: sends ${name}`).toEqual(value);
}
