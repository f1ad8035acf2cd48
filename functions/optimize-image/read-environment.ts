/**
 * What the function finds in its environment.
 *
 * Shape   variables -> where sources and variants are, settings, keys
 * Errors  a sentence that names the variable and what is wrong with it
 */
import { completeImageSettings, type ImageSettings } from '../../shared/images/settings.ts';
import { requiredSetting } from '../adapters/required-setting.ts';

export interface ImageEnvironment {
  readonly place:
    | { readonly kind: 'buckets'; readonly sources: string; readonly variants: string }
    | { readonly kind: 'folder'; readonly folder: string };
  readonly settings: ImageSettings;
  readonly signingKeys: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

const MIN_KEY_LENGTH = 32;

export function readEnvironment(variables: Variables): ImageEnvironment {
  return { place: readPlace(variables), settings: readSettings(variables), signingKeys: readKeys(variables) };
}

function readPlace(variables: Variables): ImageEnvironment['place'] {
  const { IMAGES_FOLDER: folder } = variables;
  if (folder) return { kind: 'folder', folder };
  return {
    kind: 'buckets',
    sources: requiredSetting(variables, 'IMAGES_BUCKET'),
    variants: requiredSetting(variables, 'VARIANTS_BUCKET'),
  };
}

/** Checked where they were written: here a schema would cost more time at each start than reading a picture. */
function readSettings({ IMAGE_SETTINGS: text = '{}' }: Variables): ImageSettings {
  const input = parseJson(text);
  if (typeof input !== 'object' || input === null) throw new Error('IMAGE_SETTINGS is not a JSON object');
  return completeImageSettings(input);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first is the one that signs now; the others are of those signed before. */
function readKeys({ IMAGE_SIGNING_KEYS: text = '' }: Variables): readonly string[] {
  const keys = text
    .split(',')
    .map(key => key.trim())
    .filter(key => key !== '');
  if (keys.some(key => key.length < MIN_KEY_LENGTH)) {
    throw new Error(`IMAGE_SIGNING_KEYS has a key of fewer than ${MIN_KEY_LENGTH} characters`);
  }
  return keys;
}
