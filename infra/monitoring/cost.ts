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
import {
  LONGEST_ALARM_MS,
  MOST_ROUTES_PUBLISHED,
  STATUSES_PUBLISHED,
} from '../../shared/monitoring/publishing/limits.ts';
import { SCALING } from '../../shared/scaling/presets.ts';
import type { Deployment } from '../deployment.ts';
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

export interface CostOptions {
  /** Of each minute, how long the database is looked at for changes; 0: no outbox is drained. @default 0 */
  readonly drainsForSeconds?: number;
}

export function estimateCost(preset: PresetName, { drainsForSeconds = 0 }: CostOptions = {}): CostEstimate {
  const lines = [
    alarms(preset),
    objectives(preset),
    metrics(preset),
    dashboard(preset),
    everyMinute(preset),
    outbox(drainsForSeconds),
    kept(preset),
  ];
  return { preset, lines, usd: rounded(lines.reduce((sum, { usd }) => sum + usd, 0)) };
}

/** Until its minute is nearly over, or once. */
export function drainsFor({
  outboxSecret,
  outboxPollMs,
}: Pick<Deployment, 'outboxSecret' | 'outboxPollMs'>): number {
  if (outboxSecret === undefined) return 0;
  return Number(outboxPollMs ?? 1) === 0 ? 1 : topology.functions[DRAINS].timeoutSeconds - 1;
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
  const looked = BURN_PAIRS.reduce((sum, { longMs }) => sum + (longMs > LONGEST_ALARM_MS ? 2 : 4), 0) * count;
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
    ([name, { schedule }]) =>
      schedule !== undefined && name !== DRAINS && (WATCHING[preset].publishes || name !== 'publish-metrics'),
  );
  const usd = scheduled.reduce((sum, [, spec]) => sum + usdOfRuns(spec, SECONDS), 0);
  return line('schedules', usd, `${scheduled.length} functions on a schedule, half a second a run`);
}

const DRAINS: keyof typeof topology.functions = 'drain-outbox';

/** It looks all the time, so it is paid for all the time. */
function outbox(seconds: number): CostLine {
  const usd = seconds > 0 ? usdOfRuns(topology.functions[DRAINS], seconds) : 0;
  return line(
    'outbox',
    usd,
    seconds > 0 ? `${DRAINS} runs for ${seconds} s of each minute` : 'none is drained',
  );
}

function usdOfRuns({ memoryMb, schedule }: FunctionSpec, seconds: number): number {
  const runs = (HOURS_PER_MONTH * 3_600) / (schedule?.everySeconds ?? Number.POSITIVE_INFINITY);
  const gbSeconds = (memoryMb / 1_024) * seconds * runs;
  return gbSeconds * PRICES.lambdaGbSecondArm + (runs / 1e6) * PRICES.lambdaRequestPerMillion;
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
