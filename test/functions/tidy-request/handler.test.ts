/** What deploys, run as CloudFront runs it: one file, in an engine that has no more than its runtime. */

import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CODE_BYTES, tidyRequestCode } from '../../../infra/constructs/tidy-request-code.ts';
import { isRefusal } from '../../../shared/images/refusal.ts';
import { parseImageRequest } from '../../../shared/images/request/parse-request.ts';
import { negotiateFormat } from '../../../shared/images/resolve/negotiate.ts';
import { completeImageSettings, type ImageSettingsInput } from '../../../shared/images/settings.ts';

interface Tidied {
  readonly uri: string;
  readonly querystring: Record<string, { value: string }>;
  readonly headers: Record<string, { value: string }>;
}
interface Refused {
  readonly statusCode: number;
  readonly body: { readonly data: string };
}

const NOW = 1_800_000_000_000;
/** Runtime 2.0 has none of these. */
const LACKING = [
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Proxy',
  'Reflect',
  'URL',
  'URLSearchParams',
  'fetch',
  'BigInt',
  'Intl',
];

function run(event: object, { signed = false, images = {} as ImageSettingsInput } = {}) {
  const settings = completeImageSettings(images);
  const context = {
    ...Object.fromEntries(LACKING.map(name => [name, undefined])),
    // Passed as text and read inside: so nothing of this engine's own objects gets in or out.
    event: JSON.stringify(event),
  };
  const code = `'use strict'; Date.now = () => ${NOW}; ${tidyRequestCode({ settings, signed })}
    JSON.stringify(handler(JSON.parse(event)))`;
  return JSON.parse(String(runInNewContext(code, context)));
}

/** As CloudFront gives it: CloudFront Developer Guide, "Event structure". */
function viewerEvent(
  uri: string,
  {
    accept,
    query = {},
    headers = {},
  }: { accept?: string; query?: Record<string, string>; headers?: Record<string, string> } = {},
) {
  const values = (given: Record<string, string>) =>
    Object.fromEntries(Object.entries(given).map(([name, value]) => [name, { value }]));
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd111.cloudfront.net',
      distributionId: 'E2QWRUHAPOMQZL',
      eventType: 'viewer-request',
      requestId: 'x',
    },
    viewer: { ip: '192.0.2.1' },
    request: {
      method: 'GET',
      uri,
      querystring: values(query),
      headers: values({ host: 'd111.cloudfront.net', ...(accept !== undefined && { accept }), ...headers }),
      cookies: {},
    },
  };
}

const tidy = (...given: Parameters<typeof viewerEvent>): Tidied => run(viewerEvent(...given));

describe('the code', () => {
  const code = tidyRequestCode({ settings: completeImageSettings({}), signed: true });

  it('fits into what CloudFront takes', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(MAX_CODE_BYTES / 2);
  });

  it('has one function handler and neither exports nor what its runtime lacks', () => {
    expect(code.match(/function handler\(/g)).toHaveLength(1);
    expect(code).not.toMatch(/\bexport\b|\bimport\b|\?\.|\?\?|\bnew (Map|Set)\b|\bclass\b/);
  });
});

describe('the options', () => {
  it.each([
    ['/images/f=auto,w=640/a.jpg', '/images/width=640,format=auto/a.jpg'],
    ['/images/quality=70,width=640/a/b%20c.jpg', '/images/width=640,quality=70/a/b%20c.jpg'],
    ['/images/width=1,w=2/a.jpg', '/images/width=1,w=2/a.jpg'],
    ['/images/unknown=1,w=2/a.jpg', '/images/unknown=1,w=2/a.jpg'],
    ['/images/w=2%2Ch=3/a.jpg', '/images/width=2%2Ch=3/a.jpg'],
    ['/images/w_640/a.jpg', '/images/w_640/a.jpg'],
  ])('of %s become those of %s', (uri, expected) => {
    expect(tidy(uri).uri).toBe(expected);
  });

  const option = fc.constantFrom(
    'w=640',
    'width=32',
    'h=4',
    'f=auto',
    'f=webp',
    'q=80',
    'blur=3',
    'p=card',
    'x=1',
    'w',
    'bg=red',
    'greyscale=true',
  );
  it('keep their meaning, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(option, { minLength: 1, maxLength: 5 }), members => {
        const pathname = `/images/${members.join(',')}/a.jpg`;
        const settings = { path: '/images', forms: [] };
        const before = parseImageRequest({ pathname, search: '' }, settings);
        const after = parseImageRequest({ pathname: tidy(pathname).uri, search: '' }, settings);
        if (isRefusal(before)) expect(isRefusal(after) && after.code).toBe(before.code);
        else expect(after).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });

  it('leave nothing of the query but the signature; in the query they stay as they are', () => {
    const query = { utm_source: 'mail', signature: 's', expires: '9' };
    expect(Object.keys(tidy('/images/w=1/a.jpg', { query }).querystring)).toEqual(['signature', 'expires']);
    expect(Object.keys(tidy('/images/a.jpg', { query: { w: '1' } }).querystring)).toEqual(['w']);
  });
});

describe('Accept', () => {
  const told = (accept: string, images: ImageSettingsInput = {}, uri = '/images/w=1/a.jpg') =>
    (run(viewerEvent(uri, { accept }), { images }) as Tidied).headers;

  it('becomes one of five, whatever browsers write', () => {
    const chrome = 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8';
    expect(told(chrome)).toEqual({
      host: { value: 'd111.cloudfront.net' },
      'x-headrace-accept': { value: 'image/avif,image/webp;q=0.9' },
    });
    expect(told('*/*')).toEqual({ host: { value: 'd111.cloudfront.net' } });
  });

  it('says nothing where the format is said', () => {
    expect(told('image/avif', {}, '/images/w=1,f=webp/a.jpg')).not.toHaveProperty('x-headrace-accept');
    expect(told('image/avif', {}, '/images/w=1,f=auto/a.jpg')).toHaveProperty('x-headrace-accept');
  });

  const member = fc
    .tuple(
      fc.constantFrom(
        'image/avif',
        'image/webp',
        'image/jpeg',
        'IMAGE/WEBP',
        'image/*',
        '*/*',
        'text/html',
        'image/png',
      ),
      fc.constantFrom('', ';q=0', ';q=0.5', '; q=0.9', ';q=1', ';q=1.000', ';q=2', ';level=1'),
    )
    .map(([type, weight]) => type + weight);
  const accepts = fc
    .array(member, { maxLength: 5 })
    .chain(list => fc.constantFrom(', ', ',').map(comma => list.join(comma)));

  it.each([[['avif', 'webp']], [['webp', 'avif']], [['webp']], [['avif']]] as const)(
    'leads to the same format as before, preferring %j',
    formats => {
      fc.assert(
        fc.property(accepts, fc.boolean(), (accept, anim) => {
          const reduced = told(accept, { formats })['x-headrace-accept']?.value;
          expect(negotiateFormat(reduced, { formats, anim })).toBe(
            negotiateFormat(accept, { formats, anim }),
          );
        }),
        { numRuns: 150 },
      );
    },
  );
});

describe('a signed URL', () => {
  it.each(['/images/w=1/a.jpg', '/images/a.jpg'])('says its time and its signature once: %s', uri => {
    const twice = (value: string) => ({ value, multiValue: [{ value }, { value: '99999999999' }] });
    const event = viewerEvent(uri);
    const querystring = { signature: twice('s'), expires: twice(String(NOW)), '%65xpires': { value: '1' } };
    const request = { ...event.request, querystring };
    expect(run({ ...event, request }, { signed: true }).querystring).toEqual({
      signature: { value: 's' },
      expires: { value: String(NOW) },
    });
  });

  const expiring = (expires: number | string) =>
    run(viewerEvent('/images/w=1/a.jpg', { query: { signature: 's', expires: String(expires) } }), {
      signed: true,
    });

  it('is over after its second, also for a cache that has it', () => {
    expect(expiring(NOW / 1000)).toHaveProperty('uri');
    const refused: Refused = expiring(NOW / 1000 - 1);
    expect(refused.statusCode).toBe(403);
    expect(JSON.parse(refused.body.data)).toMatchObject({ status: 403, code: 'IMAGE_SIGNATURE_EXPIRED' });
  });

  it('whose end is no number is left to who reads all of it', () => {
    expect(expiring('soon')).toHaveProperty('uri');
  });

  it('has an end only where URLs are signed', () => {
    expect(tidy('/images/w=1/a.jpg', { query: { expires: '1' } })).toHaveProperty('uri');
  });
});

it('takes from a visitor what the steps behind it say to each other', () => {
  const headers = {
    'x-headrace-image': '/images/w=1/secret.jpg',
    'x-headrace-variant': 'missing',
    'x-headrace-accept': 'image/avif',
  };
  expect(tidy('/images/w=1/a.jpg', { headers }).headers).toEqual({ host: { value: 'd111.cloudfront.net' } });
});
