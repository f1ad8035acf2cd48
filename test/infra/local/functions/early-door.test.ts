import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openEarlyDoor } from '../../../../infra/local/functions/early-door.ts';
import { serveLoopback } from '../../../../infra/local/loopback.ts';

describe('a door before its house', () => {
  it('lets those wait who come early, and passes what they asked as they asked it', async () => {
    const door = await openEarlyDoor();
    const early = fetch(`${door.origin}/a%20b?c`, { headers: { 'x-asked': 'early' } });
    const house = await serveLoopback(async ({ url, headers }) => ({
      status: 203,
      body: `${url} ${headers['x-asked']} ${headers.host}`,
    }));
    door.leadTo(house.origin);
    expect([(await early).status, await (await early).text()]).toEqual([
      203,
      `/a%20b?c early ${new URL(door.origin).host}`,
    ]);
    expect((await fetch(door.origin)).status).toBe(203);
    await house.close();
  });

  it('closes on who comes when nobody lives there any more', async () => {
    const door = await openEarlyDoor();
    const house = await serveLoopback(async () => ({ status: 200 }));
    door.leadTo(house.origin);
    await house.close();
    await expect(fetch(door.origin)).rejects.toThrow();
  });

  it('does not mind who leaves before it opens', async () => {
    const door = await openEarlyDoor();
    const { port } = new URL(door.origin);
    const visitor = connect(Number(port), '127.0.0.1');
    await once(visitor, 'connect');
    visitor.resetAndDestroy();
    const house = await serveLoopback(async () => ({ status: 200 }));
    door.leadTo(house.origin);
    expect((await fetch(door.origin)).status).toBe(200);
    await house.close();
  });
});
