import { expect, test } from 'vitest';
import * as monitoring from '../../../shared/monitoring/public.ts';

test('what an application counts with, and nothing of how', () => {
  const names = ['createMonitoring', 'formatEmf', 'monitored', 'watchProcess', 'MONITORING_DEFAULTS'];
  expect(Object.keys(monitoring).toSorted()).toEqual(names.toSorted());
});
