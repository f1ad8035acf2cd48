import { describe, expect, it } from 'vitest';
import { parseDurationMs } from '../../../shared/primitives/duration.ts';

describe('parseDurationMs', () => {
  it.each([
    ['0s', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['0007d', 604_800_000],
  ])('%s', (text, ms) => expect(parseDurationMs(text)).toBe(ms));

  it.each([
    '',
    '5',
    's',
    '-1s',
    '1.5s',
    '1 s',
    ' 1s',
    '1s ',
    '1S',
    '1w',
    '1e3s',
    '٣s',
    '1s\n',
    '1ms2',
    'Infinitys',
  ])('refuses %j', text => expect(parseDurationMs(text)).toBeUndefined());

  it('refuses what is longer than a date can be', () => {
    expect(parseDurationMs('100000000d')).toBe(8_640_000_000_000_000);
    expect(parseDurationMs('100000001d')).toBeUndefined();
    expect(parseDurationMs('999999999999d')).toBeUndefined();
  });
});
