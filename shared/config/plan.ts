/**
 * Settings, preset and headrace.config.ts brought together into the one plan that the edge carries out.
 *
 * Shape   Settings + Config -> Plan | the setting that is missing and a sentence
 * Units   ms and bytes
 * Errors  none thrown
 */

import { completeImageSettings, type ImageSettings } from '../images/settings.ts';
import { type Duration, parseDurationMs } from '../primitives/duration.ts';
import { type ScalingTarget, targetsOf } from '../scaling/targets.ts';
import type { Config, OriginConfig, RouteConfig } from './config.ts';
import { type MetricsPlan, metricsPlanOf } from './metrics-schema.ts';
import { PRESETS } from './presets.ts';
import { createRoutes, type Routes } from './route.ts';
import type { SettingName, Settings } from './settings.ts';

export interface Plan {
  readonly base: string;
  readonly mode: Settings['mode'];
  readonly adminTokens: readonly string[];
  readonly origins: ReadonlyMap<string, Origin>;
  /** The origin's name for a host; undefined when the host is not ours. */
  originOfHost(host: string): string | undefined;
  readonly routes: Routes;
  readonly levels: Levels;
  readonly limits: Limits;
  readonly serverTiming: boolean;
  readonly metrics: MetricsPlan;
  readonly images: ImagesPlan;
  /** The CDNs that are told of an invalidation, by name. */
  readonly cdns: readonly string[];
  /** Whether one of them knows no tags, and is told addresses instead. */
  readonly indexesTags: boolean;
  /** What else is scaled, and by which rules. */
  readonly scaling: readonly ScalingTarget[];
}

export interface ImagesPlan {
  readonly settings: ImageSettings;
  /** None: no URL needs a signature. */
  readonly signingKeys: readonly string[];
  /** Absent: no images are served. */
  readonly functionUrl: string | undefined;
}

export interface Origin {
  readonly name: string;
  /** Scheme, host and port. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly host: 'origin' | 'client';
  readonly healthPath: string;
  /** Of a bucket that is read with the edge's own credentials: what the URL of every file begins with. */
  readonly bucketUrl?: string;
}

export interface Levels {
  readonly l1: { readonly maxBytes: number; readonly maxEntries: number };
  readonly l2: {
    readonly keyPrefix: string;
    readonly deadlineMs: number;
    readonly tagsTtlMs: number;
    readonly maxValueBytes: number;
    /** Whether isolates ask the origin for one key in turns. */
    readonly lease: boolean;
  };
}

export interface Limits {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
}

export type ParsedPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly setting: SettingName; readonly sentence: string };

export function createPlan(config: Config, settings: Settings): ParsedPlan {
  const origins = originsOf(config, settings);
  if (namesDefault(config) && !origins.has('default'))
    return { ok: false, setting: 'ORIGIN_URL', sentence: NO_ORIGIN };
  if (namesAssets(config) && !origins.has('assets'))
    return { ok: false, setting: 'ASSETS_URL', sentence: NO_BUCKET };
  const preset = PRESETS[settings.preset];
  const plan: Plan = {
    base: settings.base,
    mode: settings.mode,
    adminTokens: settings.adminTokens,
    origins,
    originOfHost: createHostTable(config.hosts),
    routes: createRoutes(
      config.routes.map(route => withoutQuery(route, origins)),
      {
        ...settings,
        compress: config.compress ?? preset.compress,
        tracking: config.tracking ?? preset.tracking,
        tagHeader: config.tagHeader,
      },
    ),
    serverTiming: config.serverTiming ?? preset.serverTiming,
    metrics: metricsPlanOf(config.metrics, settings.mode),
    images: imagesOf(config, settings),
    cdns: Object.keys(config.cdns),
    indexesTags: Object.values(config.cdns).some(cdn => 'tagIndex' in cdn && cdn.tagIndex),
    scaling: targetsOf(config.scaling),
    ...sizesOf(config, settings),
  };
  return { ok: true, plan };
}

/** Where no host is named, every host leads there. */
function namesDefault({ hosts, routes }: Config): boolean {
  const names = [...Object.values(hosts), ...routes.map(route => route.origin)];
  return Object.keys(hosts).length === 0 || names.includes('default');
}

/** A bucket knows no queries: with one in its key, a file would be kept many times, and not be found when it changes. */
function withoutQuery(route: RouteConfig, origins: ReadonlyMap<string, Origin>): RouteConfig {
  const isBucket = route.origin !== undefined && origins.get(route.origin)?.bucketUrl !== undefined;
  return isBucket ? { ...route, key: { query: [], ...route.key } } : route;
}

function namesAssets({ hosts, routes }: Config): boolean {
  return [...Object.values(hosts), ...routes.map(route => route.origin)].includes('assets');
}

const NO_BUCKET =
  'ASSETS_URL is not set, and headrace.config.ts names the origin assets: say where the bucket of published files is.';
const NO_ORIGIN =
  'ORIGIN_URL is not set and headrace.config.ts has no origin named default: give one of them.';
const DEFAULT_TIMEOUT_MS = 10_000;

function originsOf(config: Config, settings: Settings): Map<string, Origin> {
  const configs: Record<string, OriginConfig> = { ...config.origins };
  if (settings.originUrl) configs.default = { ...configs.default, url: settings.originUrl };
  const origins = new Map(
    Object.entries(configs).map(([name, origin]) => [name, originOf(name, origin, settings)]),
  );
  // An origin of that name that is the user's own stays theirs.
  if (settings.assetsUrl && !origins.has('assets'))
    origins.set('assets', assetsOf(settings.assetsUrl, settings));
  return origins;
}

function originOf(name: string, origin: OriginConfig, settings: Settings): Origin {
  return {
    name,
    url: new URL(origin.url).origin,
    timeoutMs: origin.timeout ? ms(origin.timeout) : (settings.originTimeoutMs ?? DEFAULT_TIMEOUT_MS),
    host: origin.host ?? 'origin',
    healthPath: origin.healthPath ?? '/',
  };
}

function assetsOf(bucketUrl: string, settings: Settings): Origin {
  const bucket = originOf('assets', { url: new URL(bucketUrl).origin }, settings);
  return { ...bucket, bucketUrl };
}

function createHostTable(hosts: Config['hosts']): Plan['originOfHost'] {
  const table = new Map(Object.entries(hosts));
  return host => (table.size === 0 ? 'default' : table.get(host));
}

function imagesOf({ images }: Config, settings: Settings): ImagesPlan {
  return {
    settings: completeImageSettings({ ...images, path: `${settings.base}/images` }),
    signingKeys: settings.imageSigningKeys,
    functionUrl: settings.imageFunctionUrl,
  };
}

function sizesOf(config: Config, settings: Settings): Pick<Plan, 'levels' | 'limits'> {
  const preset = PRESETS[settings.preset];
  const l1 = { ...preset.levels.l1, ...config.levels.l1 };
  const l2 = { ...preset.levels.l2, ...config.levels.l2 };
  return {
    levels: {
      l1,
      l2: {
        keyPrefix: l2.keyPrefix,
        deadlineMs: ms(l2.deadline),
        tagsTtlMs: ms(l2.tagsTtl),
        maxValueBytes: l2.maxValueBytes,
        lease: l2.lease,
      },
    },
    limits: { ...preset.limits, ...config.limits },
  };
}

function ms(duration: Duration): number {
  return parseDurationMs(duration) ?? 0;
}
