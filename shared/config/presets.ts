/**
 * Three starting points for levels and limits, as plain objects: what headrace.config.ts says wins over them.
 *
 * Units   durations as text with a unit; sizes in bytes
 */

import type { Duration } from '../primitives/duration.ts';
import type { Settings } from './settings.ts';

export interface Preset {
  readonly levels: {
    readonly l1: { readonly maxBytes: number; readonly maxEntries: number };
    readonly l2: {
      readonly keyPrefix: string;
      readonly deadline: Duration;
      readonly tagsTtl: Duration;
      readonly maxValueBytes: number;
      readonly lease: boolean;
    };
  };
  readonly limits: { readonly maxBodyBytes: number; readonly maxHeaderBytes: number };
  readonly compress: boolean;
  readonly tracking: 'keep' | 'drop';
  readonly serverTiming: boolean;
}

const MiB = 1024 * 1024;

/** Purges are seen at once, memory stays small, responses tell how they came about. */
export const development = {
  levels: {
    l1: { maxBytes: 16 * MiB, maxEntries: 2_000 },
    l2: { keyPrefix: 'headrace', deadline: '250ms', tagsTtl: '0s', maxValueBytes: MiB, lease: false },
  },
  limits: { maxBodyBytes: 8 * MiB, maxHeaderBytes: 16_384 },
  compress: true,
  tracking: 'keep',
  serverTiming: true,
} as const satisfies Preset;

/** Asks Redis half as often as it could: a purge elsewhere may take five seconds to be seen. */
export const costOptimized = {
  levels: {
    l1: { maxBytes: 48 * MiB, maxEntries: 10_000 },
    l2: { keyPrefix: 'headrace', deadline: '250ms', tagsTtl: '5s', maxValueBytes: MiB, lease: false },
  },
  limits: { maxBodyBytes: 4 * MiB, maxHeaderBytes: 16_384 },
  compress: true,
  tracking: 'drop',
  serverTiming: false,
} as const satisfies Preset;

/** As much memory as an isolate of 128 MB can spare, purges seen within a second. */
export const highPerformance = {
  levels: {
    l1: { maxBytes: 48 * MiB, maxEntries: 20_000 },
    l2: { keyPrefix: 'headrace', deadline: '250ms', tagsTtl: '1s', maxValueBytes: MiB, lease: false },
  },
  limits: { maxBodyBytes: 8 * MiB, maxHeaderBytes: 16_384 },
  compress: true,
  tracking: 'drop',
  serverTiming: false,
} as const satisfies Preset;

export const PRESETS: Record<Settings['preset'], Preset> = { development, costOptimized, highPerformance };
