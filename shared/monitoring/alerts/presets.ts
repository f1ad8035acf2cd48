/**
 * What each preset watches in AWS: which alarms are drawn, how many answers they ask for, and which figures are published.
 *
 * `development` draws nothing: the edge evaluates the same rules for itself, at GET /api/performance/alerts.
 *
 * Shape   preset -> WatchingPreset; the rules as that preset has them
 */

import type { AlertRule, Severity } from './rule.ts';
import { ALERT_RULES } from './rules.ts';

export interface WatchingPreset {
  /** Whether the minute's figures are written to CloudWatch. */
  readonly publishes: boolean;
  /** Also by route and by status class: each series is a metric that is paid for. */
  readonly publishesRoutes: boolean;
  readonly severities: readonly Severity[];
  /** What learns what is usual counts as three metrics. */
  readonly anomalies: boolean;
  readonly objectives: boolean;
  readonly dashboard: boolean;
}

export type PresetName = 'development' | 'costOptimized' | 'highPerformance';

export const WATCHING: Readonly<Record<PresetName, WatchingPreset>> = {
  development: {
    publishes: false,
    publishesRoutes: false,
    severities: [],
    anomalies: false,
    objectives: false,
    dashboard: false,
  },
  costOptimized: {
    publishes: true,
    publishesRoutes: false,
    severities: ['warning', 'page'],
    anomalies: false,
    objectives: false,
    dashboard: true,
  },
  highPerformance: {
    publishes: true,
    publishesRoutes: true,
    severities: ['info', 'warning', 'page'],
    anomalies: true,
    objectives: true,
    dashboard: true,
  },
};

export function rulesOfPreset(preset: PresetName): readonly AlertRule[] {
  const { severities, anomalies } = WATCHING[preset];
  return ALERT_RULES().filter(
    ({ severity, signal }) => severities.includes(severity) && (anomalies || signal.kind !== 'surge'),
  );
}
