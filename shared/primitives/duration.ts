/**
 * Durations as people write them in a configuration: a whole number and its unit, never a bare number.
 *
 * Shape   '500ms' | '30s' | '5m' | '2h' | '7d' -> milliseconds
 * Errors  undefined for anything else, and for what is longer than a Date can be (100 million days)
 */

export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

const UNIT_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const LONGEST_MS = 8_640_000_000_000_000;

export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text);
  if (!match) return undefined;
  const ms = Number(match[1]) * UNIT_MS[match[2] as keyof typeof UNIT_MS];
  return ms <= LONGEST_MS ? ms : undefined;
}
