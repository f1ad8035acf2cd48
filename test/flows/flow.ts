/**
 * One edge in real workerd before one scripted origin: what the files of this folder run their flows on.
 *
 * The configuration is part of the bundle, so each flow builds its own with the configuration it asks for.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type Edge, startEdge } from '../../infra/local/edge/start.ts';
import type { ConfigInput } from '../../shared/config/config.ts';
import type { SettingName } from '../../shared/config/settings.ts';
import { type Origin, startOrigin } from '../fakes/origin.ts';
import { ask, type Question, type Reply } from './ask.ts';
import { bundleWith } from './bundle-with.ts';

export const ADMIN_TOKEN = 'flow-admin-token-0123456789abcdef';

export interface FlowOptions {
  readonly config?: ConfigInput;
  readonly variables?: Readonly<Partial<Record<SettingName, string>>>;
  /** Origins by name that are asked with the client's Host. */
  readonly upstreams?: (origin: Origin) => Readonly<Record<string, URL>>;
}

export interface Flow {
  readonly url: string;
  readonly origin: Origin;
  ask(path: string, question?: Question): Promise<Reply>;
  purge(selector: object): Promise<Reply>;
  /** Another isolate with the same settings, in a process of its own. */
  another(variables?: FlowOptions['variables']): Promise<Edge>;
  /** What the edge wrote to its log. */
  printed(): string;
  stop(): Promise<void>;
}

export async function startFlow(options: FlowOptions = {}): Promise<Flow> {
  const origin = await startOrigin();
  const folder = await mkdtemp(join(tmpdir(), 'headrace-flow-'));
  const worker = await bundleWith(patient(options.config), join(folder, 'worker.js'));
  const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const edges: Edge[] = [];
  const start = async (variables: FlowOptions['variables'] = {}) => {
    const edge = await startEdge({
      worker,
      port: 0,
      host: '127.0.0.1',
      variables: { ORIGIN_URL: origin.url, ADMIN_TOKEN, ...options.variables, ...variables },
      upstreams: options.upstreams?.(origin) ?? {},
      graceMs: 50,
    });
    edges.push(edge);
    return edge;
  };
  const { url } = await start();
  return {
    url,
    origin,
    ask: (path, question) => ask(url, path, question),
    purge: selector => purgeAt(url, selector),
    another: start,
    printed: () => log.mock.calls.map(([text]) => text).join(''),
    async stop() {
      await Promise.all(edges.map(edge => edge.stop()));
      await origin.stop();
      await rm(folder, { recursive: true });
      log.mockRestore();
    },
  };
}

/** A busy machine is no Redis in trouble: who tests its deadline says which. */
function patient(config: ConfigInput = {}): ConfigInput {
  const { levels } = config;
  return { ...config, levels: { ...levels, l2: { deadline: '10s', ...levels?.l2 } } };
}

export function purgeAt(edge: string, selector: object, token = ADMIN_TOKEN): Promise<Reply> {
  return ask(edge, '/api/admin/cache/purge', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(selector),
  });
}
