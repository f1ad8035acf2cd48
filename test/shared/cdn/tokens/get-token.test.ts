import { describe, expect, it } from 'vitest';
import { azureTokens } from '../../../../shared/cdn/tokens/azure.ts';
import { keepToken } from '../../../../shared/cdn/tokens/get-token.ts';
import { googleTokens } from '../../../../shared/cdn/tokens/google.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const { signal } = new AbortController();
const asked = { renew: false, signal };

function issuer(answer: object = { access_token: 'token-1', expires_in: 3_600 }, status = 200) {
  const forms: [string, URLSearchParams][] = [];
  const fetch = async (url: string, { body }: RequestInit) => {
    forms.push([url, new URLSearchParams(String(body))]);
    return Response.json(answer, { status });
  };
  return { forms, fetch };
}

describe('a token', () => {
  it('is asked for once, until shortly before its end', async () => {
    const clock = createTestClock();
    let issued = 0;
    const getToken = keepToken(async () => ({ token: `t${++issued}`, endsAt: clock() + 3_600_000 }), clock);
    expect([await getToken(asked), await getToken(asked)]).toEqual(['t1', 't1']);
    clock.advance(3_539_000);
    expect(await getToken(asked)).toBe('t1');
    clock.advance(1_000);
    expect(await getToken(asked)).toBe('t2');
    expect(await getToken({ ...asked, renew: true })).toBe('t3');
  });

  it('that was not given is not kept', async () => {
    const answers = [
      Promise.reject(new Error('down')),
      Promise.resolve({ token: 't', endsAt: Number.MAX_VALUE }),
    ];
    const getToken = keepToken(() => answers.shift() ?? Promise.reject(new Error('none')), createTestClock());
    await expect(getToken(asked)).rejects.toThrow('down');
    expect(await getToken(asked)).toBe('t');
  });
});

describe('Azure', () => {
  const identity = { tenantId: 'tenant', clientId: 'client', clientSecret: 'very secret' };

  it('gives one for its management API to who knows the application’s secret', async () => {
    const { fetch, forms } = issuer();
    expect(await azureTokens(identity, { fetch, clock: createTestClock() })(asked)).toBe('token-1');
    const [[url, form] = ['', new URLSearchParams()]] = forms;
    expect(url).toBe('https://login.microsoftonline.com/tenant/oauth2/v2.0/token');
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_secret: 'very secret',
      scope: 'https://management.azure.com/.default',
    });
  });

  it('says no without the secret being repeated', async () => {
    const { fetch } = issuer({ error: 'invalid_client', error_description: 'very secret is wrong' }, 401);
    const refused = azureTokens(identity, { fetch, clock: createTestClock() })(asked);
    await expect(refused).rejects.toThrow('The issuer of tokens answered 401 invalid_client');
  });
});

describe('Google', () => {
  it('gives one for a claim that the service account has signed', async () => {
    const algorithm = {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    };
    const pair = (await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as {
      readonly privateKey: Parameters<typeof crypto.subtle.exportKey>[1];
      readonly publicKey: Parameters<typeof crypto.subtle.exportKey>[1];
    };
    const exported = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
    const pem = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(exported).toString('base64')}\n-----END PRIVATE KEY-----\n`;
    const { fetch, forms } = issuer();
    const clock = createTestClock();
    const key = { client_email: 'purger@p.iam.gserviceaccount.com', private_key: pem };
    expect(await googleTokens(key, { fetch, clock })(asked)).toBe('token-1');

    const [[url, form] = ['', new URLSearchParams()]] = forms;
    expect([url, form.get('grant_type')]).toEqual([
      'https://oauth2.googleapis.com/token',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]);
    const [head = '', claim = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const signed = new TextEncoder().encode(`${head}.${claim}`);
    const isRight = crypto.subtle.verify(
      'RSASSA-PKCS1-v1_5',
      pair.publicKey,
      Buffer.from(signature, 'base64url'),
      signed,
    );
    expect(await isRight).toBe(true);
    expect(JSON.parse(Buffer.from(claim, 'base64url').toString())).toEqual({
      iss: key.client_email,
      scope: 'https://www.googleapis.com/auth/compute',
      aud: 'https://oauth2.googleapis.com/token',
      iat: Math.floor(clock() / 1_000),
      exp: Math.floor(clock() / 1_000) + 3_600,
    });
  });
});
