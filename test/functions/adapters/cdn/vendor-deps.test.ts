import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { vendorDepsOf } from '../../../../functions/adapters/cdn/vendor-deps.ts';
import type { CdnSecrets } from '../../../../shared/cdn/secrets.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const asked = { renew: false, signal: new AbortController().signal };
const AZURE = { vendor: 'azure-front-door', loginUrl: 'https://login.example' } as const;
const CLOUDFLARE = { vendor: 'cloudflare' } as const;
const GOOGLE = { vendor: 'google' } as const;

function accessTo(secrets: CdnSecrets) {
  const forms: [string, URLSearchParams][] = [];
  const fetch = async (url: string, { body }: RequestInit) => {
    forms.push([url, new URLSearchParams(String(body))]);
    return Response.json({ access_token: 'issued', expires_in: 3_600 });
  };
  return { forms, access: { fetch, clock: createTestClock(), secrets } };
}

describe('a vendor is asked with', () => {
  it('the token itself, at Cloudflare', async () => {
    const { forms, access } = accessTo({ shop: { token: 'written' } });
    expect(await vendorDepsOf('shop', CLOUDFLARE, access).getToken(asked)).toBe('written');
    expect(forms).toEqual([]);
  });

  it('one that the settings’ own issuer gives the application, at Azure', async () => {
    const identity = { tenantId: 'tenant', clientId: 'client', clientSecret: 'secret' };
    const { forms, access } = accessTo({ azure: identity });
    expect(await vendorDepsOf('azure', AZURE, access).getToken(asked)).toBe('issued');
    const [[url, form] = ['', new URLSearchParams()]] = forms;
    expect(url).toBe('https://login.example/tenant/oauth2/v2.0/token');
    expect([form.get('client_id'), form.get('client_secret')]).toEqual(['client', 'secret']);
  });

  it.each([
    [undefined, 'https://www.googleapis.com/auth/compute'],
    ['https://www.googleapis.com/auth/monitoring.read', 'https://www.googleapis.com/auth/monitoring.read'],
  ])('one for what is to be done, at Google: %s', async (googleScope, scope) => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const private_key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { forms, access } = accessTo({ media: { client_email: 'a@p.example', private_key } });
    const { getToken } = vendorDepsOf('media', GOOGLE, { ...access, ...(googleScope && { googleScope }) });
    expect(await getToken(asked)).toBe('issued');
    const [, claim = ''] = forms[0]?.[1].get('assertion')?.split('.') ?? [];
    expect(JSON.parse(Buffer.from(claim, 'base64url').toString())).toMatchObject({
      iss: 'a@p.example',
      scope,
    });
  });
});

it.each([
  ['shop', CLOUDFLARE, 'CDN_SECRETS has no token for shop'],
  ['azure', AZURE, 'CDN_SECRETS has no tenantId for azure'],
  ['media', GOOGLE, 'CDN_SECRETS has no client_email for media'],
])('%s without its secret is said at once', (name, given, sentence) => {
  expect(() => vendorDepsOf(name, given, accessTo({}).access)).toThrow(sentence);
});
