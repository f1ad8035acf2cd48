import { describe, expect, it } from 'vitest';
import { type AppDeps, createOwnRoutes } from '../../edge/app.ts';
import { placeOf, type RouteDescription } from '../../shared/api/route.ts';
import { ROUTES } from '../../shared/api/routes.ts';

/** Stands for every handler: only which routes there are, and who may come in, is looked at. */
const served = new Proxy(() => new Response('served'), {
  get: (_, name) => (name === 'then' ? undefined : served),
});
const app = createOwnRoutes(
  new Proxy({} as AppDeps, {
    get: (_, name) => ({ base: '', adminTokens: ['t'.repeat(32)] })[String(name)] ?? served,
  }),
);

const described: readonly (readonly [string, RouteDescription])[] = Object.entries(ROUTES());

describe('the routes that are served', () => {
  it('are those that shared/api/routes.ts describes', () => {
    const mounted = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(mounted)].toSorted()).toEqual(described.map(([name]) => name).toSorted());
  });

  it.each(described)('%s lets in whom its description names', async (name, { access }) => {
    const { method, path } = placeOf(name);
    const { status } = await app.request(path.replace(/:\w+/g, 'x'), { method });
    expect(status === 401 ? 'token' : 'everyone').toBe(access);
  });

  it('are each named once', () => {
    const ids = described.map(([, { id }]) => id);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.length).toBeGreaterThan(5);
  });
});
