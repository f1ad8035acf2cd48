import { expect, it } from 'vitest';
import { JOB_TYPES } from '../../../shared/jobs/catalogue.ts';
import { createJobId, keyedJobId, parseJobId } from '../../../shared/jobs/job-id.ts';
import { randomId } from '../../../shared/primitives/ids.ts';

it('tells its type', () => {
  for (const type of JOB_TYPES) expect(parseJobId(createJobId(type, randomId))).toBe(type);
});

it('is the same for the same key of the same tenant and type, and for nothing else', async () => {
  const given = { type: 'reports', tenant: 'acme', key: 'march' } as const;
  const id = await keyedJobId(given);
  expect(parseJobId(id)).toBe('reports');
  expect(await keyedJobId({ ...given })).toBe(id);
  const others = [
    { ...given, key: 'april' },
    { ...given, tenant: 'other' },
    { ...given, type: 'analysis' as const },
    { ...given, tenant: 'acmem', key: 'arch' },
  ];
  const ids = await Promise.all(others.map(keyedJobId));
  expect(new Set([id, ...ids]).size).toBe(5);
});

it.each([
  '',
  'reports',
  'reports-',
  `reports-${'a'.repeat(23)}`,
  `reports-${'a'.repeat(25)}`,
  `reports-${'A'.repeat(24)}`,
  `unknown-${'a'.repeat(24)}`,
  `__proto__-${'a'.repeat(24)}`,
  `constructor-${'a'.repeat(24)}`,
  `reports-${'a'.repeat(24)}\n`,
  `reports:${'a'.repeat(24)}`,
])('is not %j', text => {
  expect(parseJobId(text)).toBeNull();
});
