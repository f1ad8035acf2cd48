/**
 * Requests and signatures that AWS itself published: the S3 API Reference's "Signature calculations … examples" and the
 * Signature Version 4 test suite. They pin the verifier to the vendor, not to another piece of ours.
 */

import type { WireRequest } from '../../../../infra/local/loopback.ts';

export interface SignedExample {
  readonly name: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly signedAt: number;
  readonly request: WireRequest;
}

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const S3_CREDENTIALS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const S3_SIGNED_AT = Date.UTC(2013, 4, 24);

export const s3Get = s3Example({
  name: 'GET Object with a range',
  url: '/test.txt',
  headers: { range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY_HASH },
  signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
});

export const s3Put = s3Example({
  name: 'PUT Object',
  method: 'PUT',
  url: '/test$file.text',
  headers: {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  },
  body: 'Welcome to Amazon S3.',
  signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
});

export const s3Presigned: SignedExample = {
  name: 'presigned GET Object',
  credentials: S3_CREDENTIALS,
  signedAt: S3_SIGNED_AT,
  request: {
    method: 'GET',
    url: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${S3_CREDENTIALS.accessKeyId}%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`,
    headers: { host: ['examplebucket.s3.amazonaws.com'] },
    body: new Uint8Array(),
  },
};

export const examples: readonly SignedExample[] = [
  s3Get,
  s3Put,
  s3Presigned,
  s3Example({
    name: 'GET Bucket lifecycle, a query without value',
    url: '/?lifecycle',
    headers: { 'x-amz-content-sha256': EMPTY_HASH },
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  }),
  s3Example({
    name: 'GET Bucket, a query with values',
    url: '/?max-keys=2&prefix=J',
    headers: { 'x-amz-content-sha256': EMPTY_HASH },
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  }),
  suiteExample({
    name: 'get-vanilla',
    url: '/',
    signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  }),
  suiteExample({
    name: 'get-vanilla-query-order-key-case',
    url: '/?Param2=value2&Param1=value1',
    signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  }),
  suiteExample({
    name: 'post-vanilla',
    method: 'POST',
    url: '/',
    signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  }),
];

interface Example {
  readonly name: string;
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signature: string;
}

function s3Example({ name, signature, headers = {}, ...request }: Example): SignedExample {
  const all = { host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z', ...headers };
  const scope = `${S3_CREDENTIALS.accessKeyId}/20130524/us-east-1/s3/aws4_request`;
  return {
    name,
    credentials: S3_CREDENTIALS,
    signedAt: S3_SIGNED_AT,
    request: build(
      request,
      all,
      `Credential=${scope},SignedHeaders=${signedNames(all)},Signature=${signature}`,
    ),
  };
}

function suiteExample({ name, signature, headers = {}, ...request }: Example): SignedExample {
  const all = { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z', ...headers };
  const scope = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
  return {
    name,
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    },
    signedAt: Date.UTC(2015, 7, 30, 12, 36),
    request: build(
      request,
      all,
      `Credential=${scope}, SignedHeaders=${signedNames(all)}, Signature=${signature}`,
    ),
  };
}

function build(
  { method = 'GET', url, body = '' }: Pick<Example, 'method' | 'url' | 'body'>,
  headers: Readonly<Record<string, string>>,
  authorization: string,
): WireRequest {
  const lines = { ...headers, authorization: `AWS4-HMAC-SHA256 ${authorization}` };
  return {
    method,
    url,
    headers: Object.fromEntries(Object.entries(lines).map(([name, value]) => [name, [value]])),
    body: Buffer.from(body),
  };
}

function signedNames(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).toSorted().join(';');
}
