/**
 * Decides whether a form that a browser posts to S3 keeps to the policy that was signed for it.
 *
 * Shape   request, credentials, now -> undefined where it is not such a form | 'valid' | the error that S3 answers
 * Units   clock epoch ms
 * Errors  none (total)
 * Source  S3 API Reference, "Browser-based uploads using POST": policy construction, and calculating a signature
 */

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../loopback.ts';
import type { AwsError } from './errors.ts';
import type { AwsCredentials } from './signature.ts';

export interface PostChecking {
  readonly credentials: AwsCredentials;
  readonly now: number;
}

export async function checkPostedForm(
  request: WireRequest,
  { credentials, now }: PostChecking,
): Promise<AwsError | 'valid' | undefined> {
  if (!isPostedForm(request)) return undefined;
  const form = await readForm(request);
  if (form === undefined) return refuse(400, 'MalformedPOSTRequest', 'The form cannot be read.');
  const policy = form.fields.get('policy') ?? '';
  if (!isSigned(policy, form.fields, credentials))
    return refuse(403, 'SignatureDoesNotMatch', 'The signature does not fit.');
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString());
  if (!(Date.parse(expiration) > now))
    return refuse(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
  return checkConditions(conditions, { ...form, bucket: request.url.split(/[/?]/)[1] ?? '' });
}

export function isPostedForm({ method, headers }: WireRequest): boolean {
  return method === 'POST' && Boolean(headers['content-type']?.[0]?.startsWith('multipart/form-data'));
}

interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly fileBytes: number;
}

async function readForm({ headers, body }: WireRequest): Promise<Form | undefined> {
  try {
    const type = headers['content-type']?.[0] ?? '';
    const form = await new Response(Buffer.from(body), { headers: { 'content-type': type } }).formData();
    const file = form.get('file');
    const fields = [...form].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    );
    return { fields: new Map(fields), fileBytes: file instanceof File ? file.size : 0 };
  } catch {
    return undefined;
  }
}

function isSigned(policy: string, fields: Form['fields'], credentials: AwsCredentials): boolean {
  const [keyId, date = '', region = '', service = '', end] = (fields.get('x-amz-credential') ?? '').split(
    '/',
  );
  if (keyId !== credentials.accessKeyId || service !== 's3' || end !== 'aws4_request') return false;
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = Buffer.from(createHmac('sha256', key).update(policy).digest('hex'));
  const given = Buffer.from(fields.get('x-amz-signature') ?? '');
  return given.byteLength === expected.byteLength && timingSafeEqual(given, expected);
}

/** Not part of the policy: S3 asks for a condition for every other field. */
const FREE = new Set(['policy', 'x-amz-signature', 'file']);

function checkConditions(
  conditions: readonly unknown[],
  { fields, fileBytes, bucket }: Form & { readonly bucket: string },
): AwsError | 'valid' {
  const values = new Map([...fields, ['bucket', bucket]]);
  const named = new Set<string>();
  for (const condition of conditions) {
    const [kind, name, value] = normalForm(condition);
    if (kind === 'content-length-range') {
      if (fileBytes < Number(name)) return refuse(400, 'EntityTooSmall', 'The file is smaller than allowed.');
      if (fileBytes > Number(value)) return refuse(400, 'EntityTooLarge', 'The file is larger than allowed.');
      continue;
    }
    named.add(name);
    const given = values.get(name) ?? '';
    const fits = kind === 'eq' ? given === value : given.startsWith(value);
    if (!fits) return refuse(403, 'AccessDenied', `Invalid according to Policy: ${name}`);
  }
  const extra = [...fields.keys()].find(name => !FREE.has(name) && !named.has(name));
  return extra
    ? refuse(403, 'AccessDenied', `Invalid according to Policy: Extra input field ${extra}`)
    : 'valid';
}

function normalForm(condition: unknown): readonly [string, string, string] {
  if (Array.isArray(condition)) {
    const [kind, name, value] = condition.map(String);
    return [kind ?? '', (name ?? '').replace(/^\$/, '').toLowerCase(), value ?? ''];
  }
  const [name = '', value] = Object.entries(condition as object)[0] ?? [];
  return ['eq', name.toLowerCase(), String(value)];
}

function refuse(status: number, code: string, message: string): AwsError {
  return { status, code, message };
}
