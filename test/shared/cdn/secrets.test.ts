import { describe, expect, it } from 'vitest';
import { parseCdnSecrets, secretOf } from '../../../shared/cdn/secrets.ts';

describe('the secrets of CDNs', () => {
  it('are found by the CDN’s name, with what its vendor asks for', () => {
    const secrets = parseCdnSecrets(
      '{"shop": {"token": "t"}, "media": {"client_email": "a", "private_key": "k"}}',
    );
    expect(secretOf(secrets, 'shop', 'cloudflare').token).toBe('t');
    expect(secretOf(secrets, 'media', 'google').private_key).toBe('k');
    expect(secretOf(secrets, 'site', 'cloudfront')).toEqual({});
  });

  it.each([undefined, '', '  '])('may be none: %j', text => {
    expect(parseCdnSecrets(text)).toEqual({});
  });

  it.each(['secret', '[1]', '"secret"', 'null'])(
    'that are no JSON object are refused, and not repeated',
    text => {
      expect(() => parseCdnSecrets(text)).toThrow('CDN_SECRETS is not a JSON object');
      expect(() => parseCdnSecrets('secret')).not.toThrow(/"?secret"? /);
    },
  );

  it('that lack a field say of which CDN and which one', () => {
    const secrets = parseCdnSecrets('{"azure": {"tenantId": "t", "clientId": "very secret"}}');
    expect(() => secretOf(secrets, 'azure', 'azure-front-door')).toThrow(
      'CDN_SECRETS has no clientSecret for azure: give {"azure": {"tenantId": "…", "clientId": "…", "clientSecret": "…"}}',
    );
  });
});
