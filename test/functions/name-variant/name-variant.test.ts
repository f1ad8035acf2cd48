import type { CloudFrontRequest, CloudFrontResultResponse } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createNameVariant } from '../../../functions/name-variant/name-variant.ts';
import { completeImageSettings, type ImageSettingsInput } from '../../../shared/images/settings.ts';
import { signedImageUrl } from '../../../shared/images/url/image-url.ts';

const KEY = 'a key that is long enough for a signature';
const NOW = 1_800_000_000_000;

function open(images: ImageSettingsInput = {}, readKeys: () => Promise<readonly string[]> = async () => []) {
  const errors: unknown[] = [];
  const name = createNameVariant({
    settings: completeImageSettings(images),
    readKeys,
    clock: () => NOW,
    onError: error => errors.push(error),
  });
  return { name, errors };
}

/** As CloudFront gives it: CloudFront Developer Guide, "Lambda@Edge event structure", origin request. */
function originRequest(url: string, accept = ''): CloudFrontRequest {
  const [uri = '', querystring = ''] = url.split('?');
  const reduced: CloudFrontRequest['headers'] =
    accept === '' ? {} : { 'x-headrace-accept': [{ key: 'x-headrace-accept', value: accept }] };
  return {
    clientIp: '203.0.113.178',
    headers: {
      'x-forwarded-for': [{ key: 'X-Forwarded-For', value: '203.0.113.178' }],
      'user-agent': [{ key: 'User-Agent', value: 'Amazon CloudFront' }],
      via: [{ key: 'Via', value: '2.0 8b.cloudfront.net (CloudFront)' }],
      host: [{ key: 'Host', value: 'variants.s3.eu-central-1.amazonaws.com' }],
      ...reduced,
    },
    method: 'GET',
    querystring,
    uri,
  };
}

const isRequest = (given: CloudFrontRequest | CloudFrontResultResponse): given is CloudFrontRequest =>
  'uri' in given;

async function named(url: string, accept?: string, images?: ImageSettingsInput): Promise<CloudFrontRequest> {
  const given = await open(images).name(originRequest(url, accept));
  if (!isRequest(given)) throw new Error(String(given.body));
  return given;
}

async function refused(given: Promise<CloudFrontRequest | CloudFrontResultResponse>) {
  const response = (await given) as CloudFrontResultResponse;
  return {
    status: response.status,
    contentType: response.headers?.['content-type']?.[0]?.value,
    ...JSON.parse(String(response.body)),
  };
}

describe('a request for a picture', () => {
  it('is asked for by the one name that S3 has the variant under', async () => {
    const { uri, querystring, headers } = await named(
      '/images/width=600,format=auto/photos/a%20b.jpg?utm=1',
      'image/avif',
    );
    expect(uri).toBe('/photos/a%20b.jpg/width=640,format=avif,quality=47');
    expect(querystring).toBe('');
    expect(headers['x-headrace-image']).toEqual([
      { key: 'x-headrace-image', value: '/images/width=640,format=avif,quality=47/photos/a%20b.jpg' },
    ]);
    expect(headers['x-headrace-variant']?.[0]?.value).toBe('missing');
    expect(headers['x-headrace-accept']).toBeUndefined();
    expect(headers.host).toBeDefined();
  });

  it('has that name however it is written', async () => {
    const urls = [
      '/images/w=601,f=webp/a.jpg',
      '/images/format=webp,width=640/a.jpg',
      '/images/a.jpg?f=webp&w=620',
    ];
    const names = await Promise.all(urls.map(async url => (await named(url)).uri));
    expect(new Set(names)).toEqual(new Set(['/a.jpg/width=640,format=webp,quality=83']));
  });

  it('keeps the address of a source elsewhere in one segment', async () => {
    const url = '/images/w=640,f=webp/https%3A%2F%2Fcdn.example%2Fa.jpg';
    expect((await named(url)).uri).toBe(
      '/https%3A%2F%2Fcdn.example%2Fa.jpg/width=640,format=webp,quality=83',
    );
  });

  it('is left as it is when it is asked a second time, of the second origin', async () => {
    const { name } = open();
    const first = await name(originRequest('/images/w=640,f=webp/images/w=1/a.jpg'));
    expect(await name(first as CloudFrontRequest)).toBe(first);
    // Or CloudFront starts again from what the visitor asked: it is named the same.
    expect(await name(originRequest('/images/w=640,f=webp/images/w=1/a.jpg'))).toEqual(first);
  });
});

describe('what is wrong', () => {
  it.each([
    ['/images/w=abc/a.jpg', '400', 'IMAGE_OPTION_INVALID'],
    ['/images/w=1/../a.jpg', '400', 'IMAGE_KEY_INVALID'],
    ['/images/watermark=none/a.jpg', '400', 'IMAGE_WATERMARK_UNKNOWN'],
  ])('with %s is said at once: no origin is asked', async (url, status, code) => {
    const answer = await refused(open().name(originRequest(url)));
    expect(answer).toMatchObject({ status: Number(status), code, contentType: 'application/problem+json' });
  });

  it('is anything but a preset, where only presets are served', async () => {
    const images = { presetsOnly: true, presets: { card: 'width=320' } };
    expect((await named('/images/preset=card,f=webp/a.jpg', undefined, images)).uri).toContain('/width=320');
    const answer = await refused(open(images).name(originRequest('/images/width=320/a.jpg')));
    expect(answer.code).toBe('IMAGE_PRESET_REQUIRED');
  });
});

describe('where URLs are signed', () => {
  const keyed = open({}, async () => [KEY]);
  const options = { keys: [KEY], expiresAt: NOW + 5_000 };

  it('a signature is asked for, before any origin is', async () => {
    const url = await signedImageUrl('a.jpg', { width: 640 }, options);
    expect(isRequest(await keyed.name(originRequest(url)))).toBe(true);
    expect((await refused(keyed.name(originRequest('/images/width=640/a.jpg')))).code).toBe(
      'IMAGE_SIGNATURE_MISSING',
    );
    const stolen = url.replace('a.jpg', 'b.jpg');
    expect((await refused(keyed.name(originRequest(stolen)))).code).toBe('IMAGE_SIGNATURE_INVALID');
  });

  it('and it ends', async () => {
    const url = await signedImageUrl('a.jpg', { width: 640 }, { keys: [KEY], expiresAt: NOW - 2_000 });
    expect((await refused(keyed.name(originRequest(url)))).code).toBe('IMAGE_SIGNATURE_EXPIRED');
  });

  it('nothing goes out while the keys cannot be read', async () => {
    const { name, errors } = open({}, async () => Promise.reject(new Error('no network')));
    expect(await refused(name(originRequest('/images/width=640/a.jpg')))).toMatchObject({ status: 502 });
    expect(errors).toHaveLength(1);
  });
});
