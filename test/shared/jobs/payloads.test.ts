import { describe, expect, it } from 'vitest';
import { PAYLOADS } from '../../../shared/jobs/payloads.ts';

const GOOD = {
  'file-processing': { key: 'in/a.pdf', etag: 'x', operation: 'thumbnail' },
  'ai-training': { model: 'classifier', dataset: 'sets/1.csv', hyperparameters: { epochs: 3 } },
  'search-indexing': {
    action: 'put',
    index: 'products',
    document: '7',
    version: 3,
    fields: { name: 'wheel' },
  },
  notifications: { channel: 'email', to: 'a@example.com', text: 'Hello' },
  reports: { report: 'sales', format: 'csv', parameters: { month: '2026-10' } },
  invalidation: { urls: ['https://www.example.com/a'] },
  analysis: { database: 'main' },
  warming: { paths: ['/a', '/b?c=1'] },
} as const;

describe('a payload', () => {
  it.each(Object.entries(GOOD))('of %s is taken as it is', (type, payload) => {
    const parsed = PAYLOADS[type as keyof typeof PAYLOADS]().safeParse(payload);
    expect(parsed.success).toBe(true);
    expect(parsed.data).toMatchObject(payload);
  });

  it('gets what it leaves out', () => {
    expect(PAYLOADS.reports().parse({ report: 'sales', format: 'csv' })).toEqual({
      report: 'sales',
      format: 'csv',
      parameters: {},
    });
  });

  it.each([
    ['file-processing', { key: '', operation: 'x' }],
    ['ai-training', { model: 'x' }],
    ['search-indexing', { action: 'put', index: 'a', document: 'b', version: -1, fields: {} }],
    ['search-indexing', { action: 'remove', index: 'a', document: 'b', version: 1, fields: {} }],
    ['notifications', { channel: 'pigeon', to: 'x', text: 'x' }],
    ['reports', { report: 'sales', format: 'csv', more: 1 }],
    ['invalidation', { urls: ['file:///etc/passwd'] }],
    ['invalidation', { urls: ['https://a.example/'], everything: true }],
    ['analysis', { database: '' }],
    ['warming', { paths: ['//other.example/'] }],
    ['warming', { paths: Array.from({ length: 101 }, () => '/a') }],
    ['warming', null],
  ] as const)('of %s is refused: %j', (type, payload) => {
    expect(PAYLOADS[type]().safeParse(payload).success).toBe(false);
  });
});
