/**
 * Presets: options the operator named. What the URL says besides wins over the preset's own.
 *
 * Shape   { preset: 'card', width: 320 } -> the preset's options with width 320
 * Errors  IMAGE_PRESET_UNKNOWN; IMAGE_OPTIONS_CONFLICT between both; with presets only, IMAGE_PRESET_REQUIRED for anything but preset, format and onerror
 */
import type { ImageOptions } from '../options.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { findConflict, parseOptionList } from '../request/parse-options.ts';
import type { ImageSettings } from '../settings.ts';

export type PresetSettings = Pick<ImageSettings, 'presets' | 'presetsOnly'>;

export function expandPreset(
  options: ImageOptions,
  { presets, presetsOnly }: PresetSettings,
): ImageOptions | Refusal {
  const { preset, ...own } = options;
  if (presetsOnly && !isPresetOnly(options)) {
    return refuse(
      'IMAGE_PRESET_REQUIRED',
      'the URL must name a preset, and besides it format or onerror only',
    );
  }
  if (preset === undefined) return own;
  const list = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
  if (list === undefined) return refuse('IMAGE_PRESET_UNKNOWN', `there is no preset '${preset}'`);
  const named = parseOptionList(list);
  if (isRefusal(named)) return named;
  const together = { ...named, ...own };
  return findConflict(together) ?? together;
}

function isPresetOnly({ preset, format, onerror, ...rest }: ImageOptions): boolean {
  return preset !== undefined && Object.keys(rest).length === 0;
}
