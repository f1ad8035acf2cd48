import { expect, test } from 'vitest';
import { formatTable, formatTrial } from '../../../infra/local/summary.ts';

test('lines up the parts, says whose they are, and hides passwords', () => {
  const table = formatTable([
    { part: 'edge', address: 'http://127.0.0.1:8787', pid: 12, kind: 'embedded' },
    { part: 'aws', address: 'http://127.0.0.1:4566', pid: null, kind: 'embedded' },
    { part: 'postgres', address: 'postgres://me:s3cret@db.example.com/shop', pid: null, kind: 'yours' },
  ]);
  expect(table.split('\n')).toEqual([
    '  part      address                            process',
    '  edge      http://127.0.0.1:8787              pid 12    embedded',
    '  aws       http://127.0.0.1:4566              launcher  embedded',
    '  postgres  postgres://me@db.example.com/shop  -         yours',
  ]);
});

test('asks an origin it does not know for its first page, and for the token by name', () => {
  const trial = formatTrial({
    edge: 'http://127.0.0.1:1',
    base: '/headrace',
    token: '$ADMIN_TOKEN',
    demo: false,
  });
  expect(trial).toContain('  curl -i http://127.0.0.1:1/ ');
  expect(trial).toContain('curl -i http://127.0.0.1:1/headrace/api/admin/cache/purge');
  expect(trial).toContain('"Authorization: Bearer $ADMIN_TOKEN"');
  expect(trial).toContain(`'{"urls":["/"]}'`);
  expect(trial).toContain('  http://127.0.0.1:1/headrace/dashboard ');
});
