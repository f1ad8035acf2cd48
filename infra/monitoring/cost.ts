/**
 * What a preset costs a month before anybody asks for anything: alarms, metrics, the functions that run each minute, and what is
 * kept ready. What requests cost comes on top, and is not foreseen here; nor is what Application Signals asks for an objective.
 *
 * Shape   preset -> lines with an amount each, and their sum
 * Units   US dollars a month
 * Errors  none (total)
 */

import { MEASURE_NAMES } from '../../shared/monitoring/alerts/measures.ts';
import { BURN_PAIRS, OBJECTIVES } from '../../shared/monitoring/alerts/objectives.ts';
import { type PresetName, rulesOfPreset, WATCHING } from '../../shared/monitoring/alerts/presets.ts';
import type { AlertRule } from '../../shared/monitoring/alerts/rule.ts';
import { MOST_ROUTES_PUBLISHED, STATUSES_PUBLISHED } from '../../shared/monitoring/publishing/limits.ts';
import { SCALING } from '../../shared/scaling/presets.ts';
import type { FunctionSpec } from '../specs.ts';
import { topology } from '../topology.ts';
import { HOURS_PER_MONTH, MINUTES_PER_MONTH, PRICES } from './prices.ts';

export interface CostLine {
  readonly what: string;
  readonly usd: number;
  /** How it comes about, for whoever doubts it. */
  readonly because: string;
}

export interface CostEstimate {
  readonly preset: PresetName;
  readonly lines: readonly CostLine[];
  readonly usd: number;
}

export function estimateCost(preset: PresetName): CostEstimate {
  const lines = [
    alarms(preset),
    objectives(preset),
    metrics(preset),
    dashboard(preset),
    everyMinute(preset),
    kept(preset),
  ];
  return { preset, lines, usd: rounded(lines.reduce((sum, { usd }) => sum + usd, 0)) };
}

/** For people, one line after the other. */
export function describeCost({ preset, lines, usd }: CostEstimate): readonly string[] {
  const width = Math.max(...lines.map(({ what }) => what.length));
  const row = (line: CostLine) => `  ${line.what.padEnd(width)}  ${money(line.usd)}  ${line.because}`;
  return [
    `A month of ${preset}, before the first request (list prices, us-east-1):`,
    ...lines.map(row),
    `  ${'in all'.padEnd(width)}  ${money(usd)}`,
  ];
}

/** Metrics that CloudWatch counts in the alarm of a rule. */
export function alarmMetricsOf({ signal, minimumSamples }: AlertRule): number {
  if (signal.kind === 'surge') return 3;
  if ('whole' in signal) return 2;
  return minimumSamples > 0 && ['mean', 'p95', 'p99'].includes(signal.kind) ? 2 : 1;
}

function alarms(preset: PresetName): CostLine {
  const rules = rulesOfPreset(preset);
  const quietable = rules.filter(({ isQuietable }) => isQuietable).length;
  const looked =
    rules.reduce((sum, rule) => sum + alarmMetricsOf(rule), 0) +
    (quietable > 0 ? 1 : 0) +
    (WATCHING[preset].publishes ? 1 : 0);
  return line(
    'alarms',
    looked * PRICES.alarmMetric + quietable * PRICES.compositeAlarm,
    `${rules.length} rules look at ${looked} metrics, ${quietable} composite alarms`,
  );
}

/** Of each pair a long and a short alarm; those computed here look at two metrics, the others at one. */
function objectives(preset: PresetName): CostLine {
  const count = WATCHING[preset].objectives ? OBJECTIVES.length : 0;
  const looked = BURN_PAIRS.reduce((sum, { longMs }) => sum + (longMs > 86_400_000 ? 2 : 4), 0) * count;
  const usd = looked * PRICES.alarmMetric + count * BURN_PAIRS.length * PRICES.compositeAlarm;
  return line('objectives', usd, `${count} objectives of ${BURN_PAIRS.length} pairs of windows`);
}

function metrics(preset: PresetName): CostLine {
  const { publishes, publishesRoutes } = WATCHING[preset];
  const byRoute = publishesRoutes ? MOST_ROUTES_PUBLISHED * (STATUSES_PUBLISHED.length + 1) : 0;
  const count = publishes ? MEASURE_NAMES.length + 1 + byRoute : 0;
  const calls = publishes ? (MINUTES_PER_MONTH / 1_000) * PRICES.putMetricDataPerThousand : 0;
  return line('metrics', count * PRICES.customMetric + calls, `at most ${count} series, one call a minute`);
}

function dashboard(preset: PresetName): CostLine {
  const count = WATCHING[preset].dashboard ? 1 : 0;
  return line('dashboard', count * PRICES.dashboard, `${count}`);
}

/** Half a second each, which is much for what they do. */
function everyMinute(preset: PresetName): CostLine {
  const SECONDS = 0.5;
  const scheduled = Object.entries<FunctionSpec>(topology.functions).filter(
    ([, spec]) => spec.schedule !== undefined,
  );
  const running = scheduled.filter(([name]) => WATCHING[preset].publishes || name !== 'publish-metrics');
  const usd = running.reduce((sum, [, { memoryMb, schedule }]) => {
    const runs = (HOURS_PER_MONTH * 3_600) / (schedule?.everySeconds ?? Number.POSITIVE_INFINITY);
    const gbSeconds = (memoryMb / 1_024) * SECONDS * runs;
    return sum + gbSeconds * PRICES.lambdaGbSecondArm + (runs / 1e6) * PRICES.lambdaRequestPerMillion;
  }, 0);
  return line('schedules', usd, `${running.length} functions on a schedule, half a second a run`);
}

function kept(preset: PresetName): CostLine {
  const [first] = SCALING[preset].images;
  const gb = (topology.functions['optimize-image'].memoryMb / 1_024) * (first?.min ?? 0);
  const usd = gb * HOURS_PER_MONTH * 3_600 * PRICES.provisionedGbSecondArm;
  return line(
    'kept ready',
    usd,
    first ? `${first.min} to ${first.max} of optimize-image, at the least` : 'nothing',
  );
}

function line(what: string, usd: number, because: string): CostLine {
  return { what, usd: rounded(usd), because };
}

function rounded(usd: number): number {
  return Math.round(usd * 100) / 100;
}

function money(usd: number): string {
  return `$${usd.toFixed(2)}`.padStart(8);
}
