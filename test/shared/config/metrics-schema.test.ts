import { describe, expect, test } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../shared/config/config.ts';
import { metricsPlanOf } from '../../../shared/config/metrics-schema.ts';
import { planOf } from '../../edge/exchange.ts';

test('nothing said: counted, slow after a second, one request in a hundred told', () => {
  const defaults = { enabled: true, slowMs: 1_000, logShare: 0.01, redisUsdPer100kCommands: 0.2 };
  expect(planOf().metrics).toEqual(defaults);
  expect(metricsPlanOf({}, 'observe')).toEqual(defaults);
});

test('a pure proxy counts nothing', () => {
  expect(planOf({ metrics: { enabled: true } }, { HEADRACE_MODE: 'off' }).metrics.enabled).toBe(false);
});

test('what is said wins, nought too', () => {
  const metrics = { enabled: false, slow: '250ms', logShare: 0, redisUsdPer100kCommands: 0 } as const;
  const said = { enabled: false, slowMs: 250, logShare: 0, redisUsdPer100kCommands: 0 };
  expect(planOf({ metrics }).metrics).toEqual(said);
});

describe('a wrong field is named', () => {
  test.each<[object, string]>([
    [{ logShare: 1.5 }, 'metrics.logShare must be 1 or less'],
    [{ logShare: -1 }, 'metrics.logShare must be 0 or more'],
    [{ logShare: '1%' }, 'metrics.logShare must be a number from 0 to 1'],
    [{ slow: '1 s' }, "metrics.slow must be a duration such as '500ms'"],
    [{ redisUsdPer100kCommands: -1 }, 'metrics.redisUsdPer100kCommands must be 0 or more'],
    [{ sampling: 1 }, 'metrics'],
  ])('%j', (metrics, words) => {
    const checked = parseConfig({ metrics } as ConfigInput);
    expect(checked.ok ? '' : checked.sentence).toContain(words);
  });
});
