import { describe, expect, it } from 'vitest';
import { verifySignature } from '../../../../infra/local/aws/signature.ts';
import type { WireRequest } from '../../../../infra/local/loopback.ts';
import { examples, type SignedExample, s3Get, s3Presigned, s3Put } from './signed-examples.ts';

const MINUTE_MS = 60_000;

function verify(
  { request, credentials, signedAt }: SignedExample,
  change: Partial<WireRequest> = {},
  lateMs = 0,
) {
  return verifySignature({ ...request, ...change }, { credentials, now: signedAt + lateMs });
}

function withHeader({ request }: SignedExample, name: string, value: string): Partial<WireRequest> {
  return { headers: { ...request.headers, [name]: [value] } };
}

function refusedFor(reason: string) {
  return expect.objectContaining({ verdict: 'refused', reason });
}

describe("AWS's own examples", () => {
  it.each(examples)('$name is valid', example => expect(verify(example).verdict).toBe('valid'));

  it('name the service they are signed for', () => {
    expect(verify(s3Get)).toEqual({ verdict: 'valid', service: 's3' });
  });
});

describe('a tampered request', () => {
  it.each([
    ['method', { method: 'DELETE' }],
    ['path', { url: '/other.txt' }],
    ['query', { url: '/test.txt?versionId=1' }],
    ['host', withHeader(s3Get, 'host', 'otherbucket.s3.amazonaws.com')],
    ['signed header', withHeader(s3Get, 'range', 'bytes=0-99')],
    ['date', withHeader(s3Get, 'x-amz-date', '20130524T000100Z')],
  ])('is refused when its %s changed', (_, change) =>
    expect(verify(s3Get, change)).toEqual(refusedFor('mismatch')),
  );

  it('is refused when its body changed', () => {
    expect(verify(s3Put, { body: Buffer.from('Welcome to Amazon S4.') })).toEqual(
      refusedFor('body-mismatch'),
    );
  });

  it('is refused when a body comes with a service that signs its body', () => {
    const vanilla = examples.find(({ name }) => name === 'post-vanilla') as SignedExample;
    expect(verify(vanilla, { body: Buffer.from('x') })).toEqual(refusedFor('mismatch'));
  });

  it('is refused when an x-amz- header was added that is not signed', () => {
    expect(verify(s3Get, withHeader(s3Get, 'x-amz-acl', 'public-read'))).toEqual(
      refusedFor('unsigned-header'),
    );
  });

  it('may gain headers that mean nothing to AWS', () => {
    expect(verify(s3Get, withHeader(s3Get, 'user-agent', 'curl')).verdict).toBe('valid');
  });
});

describe('who signed', () => {
  it('must be known', () => {
    const credentials = { ...s3Get.credentials, accessKeyId: 'AKIAOTHER' };
    expect(verify({ ...s3Get, credentials })).toEqual(refusedFor('unknown-key'));
  });

  it('must have the secret', () => {
    const credentials = { ...s3Get.credentials, secretAccessKey: 'another' };
    expect(verify({ ...s3Get, credentials })).toEqual(refusedFor('mismatch'));
  });
});

describe('when it was signed', () => {
  it.each([-15, 15])('may differ by %i minutes', minutes =>
    expect(verify(s3Get, {}, minutes * MINUTE_MS).verdict).toBe('valid'),
  );

  it.each([-15, 15])('may not differ by more than %i minutes', minutes =>
    expect(verify(s3Get, {}, minutes * MINUTE_MS + Math.sign(minutes))).toEqual(refusedFor('skewed')),
  );

  it('holds for a presigned URL as long as the URL says', () => {
    expect(verify(s3Presigned, {}, 86_400_000).verdict).toBe('valid');
    expect(verify(s3Presigned, {}, 86_400_001)).toEqual(refusedFor('expired'));
    expect(verify(s3Presigned, {}, -16 * MINUTE_MS)).toEqual(refusedFor('skewed'));
  });

  it('cannot be stretched by changing the URL', () => {
    const url = s3Presigned.request.url.replace('Expires=86400', 'Expires=86401');
    expect(verify(s3Presigned, { url })).toEqual(refusedFor('mismatch'));
  });
});

describe('a signature that is none', () => {
  const { authorization: _, ...unsigned } = s3Get.request.headers;

  it('is missing', () => {
    expect(verify(s3Get, { headers: unsigned })).toEqual({
      verdict: 'refused',
      reason: 'missing',
      service: null,
    });
  });

  it.each([
    'Bearer abc',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=a/20130524/us-east-1/s3/aws4_request,SignedHeaders=host',
    'AWS4-HMAC-SHA256 Credential=a/b/c,SignedHeaders=host,Signature=00',
    'AWS4-HMAC-SHA256 Credential=a/20130525/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=00',
  ])('is malformed: %s', authorization =>
    expect(verify(s3Get, withHeader(s3Get, 'authorization', authorization))).toEqual(refusedFor('malformed')),
  );

  it.each(['0', '604801', 'x', ''])(
    'is malformed when a presigned URL is to hold for %j seconds',
    seconds => {
      const url = s3Presigned.request.url.replace('Expires=86400', `Expires=${seconds}`);
      expect(verify(s3Presigned, { url })).toEqual(refusedFor('malformed'));
    },
  );

  it('is not taken for one when the path cannot be decoded', () => {
    expect(verify(s3Get, { url: '/%E0%A4%A' })).toEqual(refusedFor('mismatch'));
  });
});
