/**
 * Real CDNs for the contract: those that CDN_CONTRACT describes as headrace.config.ts would, with their secrets beside them.
 *
 * Shape   CDN_CONTRACT='{"cdns": {"shop": {"vendor": "cloudflare", "zoneId": "…", "hosts": ["www.example.com"]}}}'
 *         CDN_SECRETS='{"shop": {"token": "…"}}'
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { openCdns } from '../../functions/adapters/cdn/open-cdns.ts';
import type { CdnProvider } from '../../shared/cdn/provider.ts';
import { parseCdnSecrets } from '../../shared/cdn/secrets.ts';
import { type CdnSettings, cdnSettingsSchema } from '../../shared/cdn/settings-schema.ts';
import type { CdnHome } from './cdn-provider.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks like one, and is none. */
const NOWHERE = {
  cloudfront: { distributionId: 'E0000000000000' },
  cloudflare: { zoneId: '0'.repeat(32) },
  'azure-front-door': { endpoint: 'there-is-no-such-endpoint' },
  google: { urlMap: 'there-is-no-such-map' },
} as const;

export function realCdns({ CDN_CONTRACT, CDN_SECRETS }: Environment) {
  if (!CDN_CONTRACT) return [];
  const cdns = cdnSettingsSchema().parse((JSON.parse(CDN_CONTRACT) as { cdns: unknown }).cdns);
  const secrets = parseCdnSecrets(CDN_SECRETS);
  return Object.entries(cdns).map(([name, settings]) => {
    const open = (given: CdnSettings, fetch: typeof globalThis.fetch, client?: CloudFrontClient) =>
      openCdns(
        { [name]: given },
        { secrets, clock: Date.now, fetch, ...(client && { cloudFront: client }) },
      )[0]?.provider as CdnProvider;
    const provider = open(settings, fetch);
    const start = async (): Promise<CdnHome> => ({
      provider,
      host: settings.hosts[0] ?? 'www.example.com',
      stranger: open(settings, withWrongToken, clientWith({ secretAccessKey: 'wrong' })),
      nowhere: open({ ...settings, ...NOWHERE[settings.vendor] } as CdnSettings, fetch),
      unreachable: open(settings, unreachable, clientWith({ endpoint: 'http://127.0.0.1:9' })),
      pass: ms => sleep(ms),
      stop: async () => {},
    });
    return { name, start };
  });
}

const unreachable = () => Promise.reject(new TypeError('fetch failed'));

const withWrongToken: typeof fetch = (url, init) => {
  const headers = new Headers(init?.headers);
  if (headers.has('authorization')) headers.set('authorization', 'Bearer wrong');
  return fetch(url, { ...init, headers });
};

function clientWith({ endpoint, secretAccessKey }: { endpoint?: string; secretAccessKey?: string }) {
  return new CloudFrontClient({
    region: 'us-east-1',
    maxAttempts: 1,
    ...(endpoint && { endpoint }),
    ...(secretAccessKey && { credentials: { accessKeyId: 'AKIAWRONG', secretAccessKey } }),
  });
}
