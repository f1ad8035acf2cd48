import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/http/problem.ts';

describe('problem (RFC 9457 §3)', () => {
  it('is a status, fields that keep it out of every cache, and JSON with a stable code', () => {
    const { status, fields, body } = problem({
      status: 400,
      code: 'PURGE_INVALID',
      title: 'The purge request is invalid',
      detail: 'urls: must be a list',
      members: { field: 'urls' },
    });
    expect(status).toBe(400);
    expect(fields).toEqual([
      ['content-type', 'application/problem+json'],
      ['cache-control', 'no-store'],
    ]);
    expect(JSON.parse(body)).toEqual({
      type: 'about:blank',
      title: 'The purge request is invalid',
      status: 400,
      detail: 'urls: must be a list',
      code: 'PURGE_INVALID',
      field: 'urls',
    });
  });

  it('leaves out a detail that is not there and adds further fields', () => {
    const { fields, body } = problem({
      status: 503,
      code: 'CACHE_PURGE_INCOMPLETE',
      title: 'Redis did not answer',
      fields: [['retry-after', '5']],
    });
    expect(fields).toContainEqual(['retry-after', '5']);
    expect(JSON.parse(body)).not.toHaveProperty('detail');
  });

  it('lets no further member replace the standard ones', () => {
    const { body } = problem({
      status: 400,
      code: 'A_B',
      title: 'T',
      members: { status: 200, code: 'X', type: 'y' },
    });
    expect(JSON.parse(body)).toEqual({ type: 'about:blank', title: 'T', status: 400, code: 'A_B' });
  });
});
