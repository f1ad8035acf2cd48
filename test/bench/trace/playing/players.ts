/**
 * The clients of both sides: signed in, since only customers write reviews; those of the edge purge what they change.
 */

import type { Owned } from '../stage/owned.ts';
import type { Stage } from '../stage/stage.ts';
import type { Players } from './blocks.ts';
import { createPlayer, headerOf, type Player, type PlayerOptions } from './player.ts';
import { createPurge } from './purge.ts';
import { openWire } from './wire.ts';

/** One site, whatever ports its isolates listen on here. */
const HOST = 'shop.example.com';

export async function openPlayers(stage: Stage, connections: number, own: Owned): Promise<Players> {
  const purge = createPurge(stage.adminToken);
  const edges = stage.edges.map(({ url }) => url);
  return {
    direct: await openPlayer({ urls: [stage.direct.url], connections }, own),
    edge: await openPlayer({ urls: edges, connections, host: HOST, purge }, own),
  };
}

type PlayerOf = Pick<PlayerOptions, 'connections' | 'host' | 'purge'> & { readonly urls: readonly string[] };

async function openPlayer({ urls, ...options }: PlayerOf, own: Owned): Promise<Player> {
  const wires = urls.map(url => openWire(url, options.connections));
  own.undo(() => Promise.all(wires.map(wire => wire.close())));
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ email: 'customer1@example.com' });
  const answer = await wires[0]?.ask({ method: 'POST', path: '/account/sign-in', headers, body });
  const [cookie = ''] = (answer && headerOf(answer, 'set-cookie'))?.split(';') ?? [];
  return createPlayer({ ...options, wires, cookie });
}
