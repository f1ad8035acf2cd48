/**
 * `headrace/monitoring`: what applications count with, in Node and in Workers.
 */

export {
  createMonitoring,
  MONITORING_DEFAULTS,
  type Monitoring,
  type MonitoringOptions,
  type Summary,
  type Timer,
} from './application.ts';
export { type EmfLine, formatEmf } from './emf.ts';
export { type MonitoredOptions, monitored } from './monitored.ts';
export type { Labels } from './series.ts';
export { type WatchProcessDeps, type WatchProcessOptions, watchProcess } from './watch-process.ts';
