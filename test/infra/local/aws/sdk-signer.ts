/**
 * Signs any request with the SDK's own signer, for what no client in the project sends: presigned URLs, other services.
 */

import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalAws } from '../../../../infra/local/aws/start.ts';

type Signer = Awaited<ReturnType<S3Client['config']['signer']>>;
type Signed = Awaited<ReturnType<Signer['sign']>>;

export interface ToSign {
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function sendSigned(aws: LocalAws, { service, ...request }: ToSign): Promise<Response> {
  const signer = await signerOf(aws, service);
  const { method, path, headers, body } = await signer.sign(unsigned(aws, request));
  return fetch(`${aws.endpoint}${path}`, { method, headers, ...(body !== undefined && { body }) });
}

/** A URL that anyone may use for so long, as the SDK's presigner makes it. */
export async function presign(
  aws: LocalAws,
  path: string,
  { expiresIn, at }: { readonly expiresIn: number; readonly at: Date },
): Promise<string> {
  const signer = await signerOf(aws, 's3');
  if (!('presign' in signer)) throw new TypeError('The SDK signs no URLs');
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const request = unsigned(aws, { method: 'GET', path, headers });
  const { query = {} } = await (signer.presign as Presign)(request, { expiresIn, signingDate: at });
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return `${aws.endpoint}${path}?${pairs.join('&')}`;
}

type Presign = (request: Parameters<Signer['sign']>[0], options: object) => Promise<Signed>;

/** S3's signer encodes a path once, every other one twice. */
function signerOf({ credentials, endpoint, region }: LocalAws, service: string): Promise<Signer> {
  const Client = service === 's3' ? S3Client : SQSClient;
  const { config } = new Client({ credentials, endpoint, region });
  return config.signer({ name: 'sigv4', signingName: service, signingRegion: region, properties: {} });
}

function unsigned({ endpoint }: LocalAws, { method, path, headers = {}, body }: Omit<ToSign, 'service'>) {
  const { hostname, port, host } = new URL(endpoint);
  return {
    protocol: 'http:',
    hostname,
    port: Number(port),
    method,
    path,
    query: {},
    headers: { host, ...headers },
    ...(body !== undefined && { body }),
  };
}
