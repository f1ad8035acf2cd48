import { expect, it } from 'vitest';
import { topology } from '../../../infra/topology.ts';
import { refuseCron } from '../../../shared/scaling/cron.ts';

it.each([
  '0 8 ? * MON-FRI *',
  '0 3 * * ? *',
  '*/15 0-6/2 1,15 JAN,JUL ? 2026-2030',
  '0 12 LW * ? *',
  '30 9 ? * 2#1 *',
  '0 18 ? * 6L *',
])('%s is taken', cron => {
  expect(refuseCron(cron)).toBeUndefined();
});

it.each([
  ['0 8 * * *', 'six fields'],
  ['0  8 * * ? *', 'six fields'],
  ['60 8 * * ? *', 'minutes that are not from 0 to 59'],
  ['0 24 * * ? *', 'hours that are not from 0 to 23'],
  ['0 8 32 * ? *', 'days that are not'],
  ['0 8 0 * ? *', 'days that are not'],
  ['0 8 ? FOO MON *', 'months that are not'],
  ['0 8 ? * 0 *', 'weekdays that are not from 1 to 7'],
  ['0 8 ? * FRI-MON *', 'weekdays that are not'],
  ['0 8 * * ? 1969', 'years that are not'],
  ['*/0 8 * * ? *', 'minutes that are not'],
  ['0 8 * * * *', '? for the days or for the weekdays'],
  ['0 8 1 * MON *', '? for the days or for the weekdays'],
  ['0 8 ? * ? *', '? for the days or for the weekdays'],
])('%s is refused: it %s', (cron, words) => {
  expect(refuseCron(cron)).toContain(words);
});

it('those of the topology are taken', () => {
  for (const { cron } of Object.values(topology.crons)) expect(refuseCron(cron)).toBeUndefined();
});
