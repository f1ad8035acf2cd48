import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { formatWorkerdConfig } from '../../infra/local/edge/workerd-config.ts';
import { parseSettings, SETTINGS } from '../../shared/config/settings.ts';
import { exists, ROOT } from './modules.ts';

const file = join(ROOT, 'wrangler.toml');
const { main, vars, compatibility_date, compatibility_flags } = unstable_readConfig({ config: file });

const SECRETS = [
  'ADMIN_TOKEN',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'IMAGE_SIGNING_KEYS',
  'JOBS_REDIS_REST_TOKEN',
  'JOBS_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'UPSTASH_REDIS_REST_URL',
];
/** Settings of the local stack: a deployed Worker neither listens nor reaches these parts. */
const ELSEWHERE = ['AWS_ENDPOINT_URL', 'DATABASE_URL', 'HOST', 'OUTBOX_POLL_MS', 'PORT'];

describe('wrangler.toml', () => {
  it('starts from the edge', () => {
    expect(main).toBe(join(ROOT, 'edge/index.ts'));
    expect(exists('edge/index.ts')).toBe(true);
  });

  it('asks for the runtime that the Worker has on plain workerd', () => {
    const config = formatWorkerdConfig({ workerFile: 'worker.js', variables: [], upstreams: {} });
    expect(config).toContain(`compatibilityDate = "${compatibility_date}"`);
    expect(config).toContain(`compatibilityFlags = ${JSON.stringify(compatibility_flags)}`);
  });

  it('deploys as little as there is to read, with a map for the stacks in the log', () => {
    const { minify, keep_names, upload_source_maps } = unstable_readConfig({ config: file });
    expect({ minify, keep_names, upload_source_maps }).toEqual({
      minify: true,
      keep_names: false,
      upload_source_maps: true,
    });
  });

  it('gives or names every setting of a deployed Worker, and no other', () => {
    const named = [...Object.keys(vars), ...SECRETS, ...ELSEWHERE];
    expect(named.toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
  });

  it('changes nothing: what it gives is what holds without it', () => {
    const standard = { ORIGIN_TIMEOUT_MS: '10000' };
    expect(parseSettings(vars as Record<string, string>)).toEqual(parseSettings(standard));
  });

  it('keeps what is asked for out of the logs, and schedules nothing that no code answers', () => {
    const { observability, triggers, cache } = unstable_readConfig({ config: file });
    expect(observability).toMatchObject({ enabled: true, redact_query_string: true });
    expect(triggers.crons).toEqual([]);
    expect(cache).toEqual({ enabled: false });
  });

  it('has the same variables in staging, where only the preset is another', () => {
    const staging = unstable_readConfig({ config: file, env: 'staging' });
    expect(staging.name).toBe('headrace-staging');
    expect(staging.vars).toEqual({ ...vars, HEADRACE_PRESET: 'costOptimized' });
    expect(staging.routes ?? []).toEqual([]);
  });

  it('tells how to give each secret', () => {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('wrangler secret put');
    expect(SECRETS.filter(name => !new RegExp(`^# +${name}\\b`, 'm').test(text))).toEqual([]);
  });
});
