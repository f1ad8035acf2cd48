import { describe, expect, it } from 'vitest';
import { readOutboxAccess } from '../../../functions/drain-outbox/read-environment.ts';

const GIVEN = { DATABASE_URL: 'postgres://db', EDGE_URL: 'https://edge.example/x', EDGE_ADMIN_TOKEN: 't' };

describe('readOutboxAccess', () => {
  it('looks once a second, and purges at the edge’s own origin, unless it is told to', () => {
    expect(readOutboxAccess(GIVEN)).toEqual({
      databaseUrl: 'postgres://db',
      edgeUrl: 'https://edge.example',
      adminToken: 't',
      everyMs: 1_000,
    });
    const more = { HEADRACE_BASE: '/h', OUTBOX_POLL_MS: '0' };
    expect(readOutboxAccess({ ...GIVEN, ...more })).toMatchObject({
      ...{ edgeUrl: 'https://edge.example/h', everyMs: 0 },
    });
  });

  it.each(Object.keys(GIVEN))('does not start without %s', name => {
    expect(() => readOutboxAccess({ ...GIVEN, [name]: '' })).toThrow(`${name} is not set`);
  });

  it.each(['-1', '1s', '100000'])('does not take %s for an interval', OUTBOX_POLL_MS => {
    expect(() => readOutboxAccess({ ...GIVEN, OUTBOX_POLL_MS })).toThrow('OUTBOX_POLL_MS must be');
  });
});
