/**
 * What one side of a deployment needs of the other: the Worker of the stacks' outputs, and of the environment its secrets by
 * name.
 *
 * Shape   outputs of `cdk deploy` -> the Worker's variables; environment -> its secrets
 * Errors  none (total): what is not there is not handed over
 */

import { SETTINGS, type SettingName } from '../../../shared/config/settings.ts';

/** By stack, then by output; the names without their hyphens, as CloudFormation takes them. */
export type Outputs = Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Variables = Readonly<Partial<Record<SettingName, string>>>;

/** A deployed Worker neither listens nor reaches these. */
const ELSEWHERE: readonly SettingName[] = [
  'AWS_ENDPOINT_URL',
  'DATABASE_URL',
  'HOST',
  'OUTBOX_POLL_MS',
  'PORT',
];
/** Who deploys has keys of these names for himself: the edge's have another, or it would be given his. */
const OF_THE_EDGE: ReadonlySet<SettingName> = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
]);
/** Without the edge's keys these could only fail. */
const SIGNED: readonly SettingName[] = [
  'IMAGE_FUNCTION_URL',
  'JOBS_QUEUE_URL',
  'JOBS_PAYLOAD_URL',
  'ASSETS_URL',
  'FUNCTIONS_URL',
];

export function variablesFrom(outputs: Outputs, region: string): Variables {
  const flat: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(outputs));
  const { optimizeimageurl, databucketname, assetsbucketname, functionsurl, warmingqueueurl } = flat;
  return {
    AWS_REGION: region,
    ...(optimizeimageurl && { IMAGE_FUNCTION_URL: optimizeimageurl }),
    ...(warmingqueueurl && { JOBS_QUEUE_URL: warmingqueueurl.slice(0, -'warming'.length) }),
    ...(databucketname && { JOBS_PAYLOAD_URL: `https://${databucketname}.s3.${region}.amazonaws.com/` }),
    ...(assetsbucketname && { ASSETS_URL: `https://${assetsbucketname}.s3.us-east-1.amazonaws.com/` }),
    ...(functionsurl && { FUNCTIONS_URL: functionsurl }),
  };
}

export function withoutSigned(variables: Variables): Variables {
  const kept = Object.entries(variables).filter(([name]) => !SIGNED.includes(name as SettingName));
  return Object.fromEntries(kept);
}

/** `plain` are those that wrangler.toml names as variables: the rest are secrets. */
export function secretNames(plain: readonly string[]): readonly SettingName[] {
  const names = Object.keys(SETTINGS) as SettingName[];
  return names.filter(name => !plain.includes(name) && !ELSEWHERE.includes(name));
}

/** EDGE_AWS_ACCESS_KEY_ID -> AWS_ACCESS_KEY_ID; the others by their own names. */
export function secretsFrom(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly SettingName[],
): Variables {
  const given = names.map(name => [name, environment[sourceOf(name)]?.trim()] as const);
  return Object.fromEntries(given.filter(([, value]) => value));
}

export function sourceOf(name: SettingName): string {
  return OF_THE_EDGE.has(name) ? `EDGE_${name}` : name;
}

/** What the person says of a plain setting wins over what the stacks say. */
export function plainFrom(
  environment: Readonly<Record<string, string | undefined>>,
  plain: readonly string[],
): Variables {
  const given = plain.filter(name => name !== 'AWS_REGION').map(name => [name, environment[name]?.trim()]);
  return Object.fromEntries(given.filter(([, value]) => value));
}
