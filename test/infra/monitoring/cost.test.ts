import { describe, expect, it } from 'vitest';
import { alarmMetricsOf, describeCost, drainsFor, estimateCost } from '../../../infra/monitoring/cost.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';

const usdOf = (preset: Parameters<typeof estimateCost>[0], what: string) =>
  estimateCost(preset).lines.find(line => line.what === what)?.usd;

describe('what a preset costs', () => {
  it('grows from development to highPerformance', () => {
    const [least, middle, most] = (['development', 'costOptimized', 'highPerformance'] as const).map(
      preset => estimateCost(preset).usd,
    ) as [number, number, number];
    expect(least).toBeLessThan(middle);
    expect(middle).toBeLessThan(most);
  });

  it('is nothing for alarms, metrics and a dashboard where none is drawn', () => {
    for (const what of ['alarms', 'objectives', 'metrics', 'dashboard', 'kept ready'])
      expect(usdOf('development', what)).toBe(0);
  });

  it('is two pictures’ functions kept ready, by hand: 2 × 1.7275 GB × 2,628,000 s × $0.0000033334', () => {
    expect(usdOf('highPerformance', 'kept ready')).toBeCloseTo(30.27, 1);
    expect(usdOf('costOptimized', 'kept ready')).toBe(0);
  });

  it('is an outbox that is looked at all the time, by hand: 0.25 GB × 59 s × 43,800 × $0.0000133334 and 43,800 calls', () => {
    const usd = (outboxPollMs: string | undefined, outboxSecret: string | undefined = 'shop/outbox') => {
      const drainsForSeconds = drainsFor({ outboxSecret, outboxPollMs });
      const { lines } = estimateCost('development', { drainsForSeconds });
      return lines.find(({ what }) => what === 'outbox')?.usd;
    };
    expect(usd(undefined)).toBeCloseTo(8.62, 2);
    expect(usd('0')).toBeCloseTo(0.15, 2);
    expect(estimateCost('development').lines.find(({ what }) => what === 'outbox')?.usd).toBe(0);
  });

  it('is the sum of its lines, and says how each comes about', () => {
    const { lines, usd } = estimateCost('highPerformance');
    expect(usd).toBeCloseTo(
      lines.reduce((sum, line) => sum + line.usd, 0),
      2,
    );
    const words = describeCost(estimateCost('highPerformance'));
    expect(words).toHaveLength(lines.length + 2);
    expect(words.at(-1)).toContain(`$${usd.toFixed(2)}`);
  });

  it('counts the metrics of an alarm as CloudWatch does', () => {
    const of = (id: string) => {
      const rule = ALERT_RULES().find(one => one.id === id);
      return rule && alarmMetricsOf(rule);
    };
    expect(['server-errors', 'p95-latency', 'miss-surge', 'dead-letters'].map(of)).toEqual([2, 2, 3, 1]);
  });
});
