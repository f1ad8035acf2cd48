import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../shared/config/config.ts';
import { PRESETS } from '../../../shared/config/presets.ts';
import { PRESET_NAMES } from '../../../shared/config/settings-schema.ts';

describe('presets', () => {
  it('are those that the setting can name', () => {
    expect(Object.keys(PRESETS).sort()).toEqual([...PRESET_NAMES].sort());
  });

  it.each(Object.entries(PRESETS))('%s says nothing that a configuration could not say', (_, preset) => {
    expect(parseConfig(preset).ok).toBe(true);
  });

  it.each(Object.entries(PRESETS))(
    "%s stays within an isolate's 128 MB and Redis's 10 MB a request",
    (_, preset) => {
      expect(preset.levels.l1.maxBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
      expect(preset.limits.maxBodyBytes).toBeLessThan(preset.levels.l1.maxBytes);
      expect(preset.limits.maxBodyBytes + preset.limits.maxHeaderBytes).toBeLessThan(10_000_000);
    },
  );
});
