/**
 * Sources on other hosts, by https: only hosts that the operator named in full, at every step of a redirect.
 *
 * Slow, down or lying, such a host costs what the limits say and no more: one deadline for all steps, so many bytes, and the
 * bytes must be those of an image, whatever the answer calls them.
 *
 * Units   ms, bytes
 * Errors  IMAGE_SOURCE_REFUSED, IMAGE_SOURCE_MISSING, IMAGE_SOURCE_TOO_LARGE, IMAGE_SOURCE_UNAVAILABLE
 * Cost    one GET a step; stat reads the head of the answer only, where it has an ETag or Last-Modified
 */
import type { IncomingMessage } from 'node:http';
import { isRefusal, type Refusal, refuse } from '../../../shared/images/refusal.ts';
import { sniffImage } from '../../../shared/images/source/sniff.ts';
import type { SourceBytes, SourceStore } from '../../../shared/images/stores.ts';
import { hexOf } from '../../../shared/primitives/hash.ts';
import { type FetchChecked, fetchChecked, PrivateAddressError } from './fetch-checked.ts';
import { readWhole } from './read-whole.ts';

export interface RemoteOptions extends Omit<FetchChecked, 'signal'> {
  /** In full: no patterns, no subdomains. */
  readonly hosts: readonly string[];
  readonly maxBytes: number;
  /** From the first query to the last byte. @default 10,000 */
  readonly timeoutMs?: number;
}

const MOST_REDIRECTS = 3;
const TIMEOUT_MS = 10_000;

export function createRemoteSources({
  hosts,
  maxBytes,
  timeoutMs = TIMEOUT_MS,
  ...connection
}: RemoteOptions) {
  const allowed = new Set(hosts.map(host => host.toLowerCase()));

  /** Each hop is a new address, and is judged like the first. */
  async function follow(url: URL, signal: AbortSignal, hops = 0): Promise<IncomingMessage | Refusal> {
    const refused = judge(url, allowed);
    if (refused) return refused;
    const response = await fetchChecked(url, { ...connection, signal });
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return response;
    response.destroy();
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return unusable(statusCode);
    if (hops >= MOST_REDIRECTS) return refuse('IMAGE_SOURCE_REFUSED', 'the source redirects too often');
    if (!URL.canParse(headers.location, url.href)) return unusable(statusCode);
    return follow(new URL(headers.location, url), signal, hops + 1);
  }

  const ask = <Result>(source: string, use: (response: IncomingMessage) => Promise<Result | Refusal>) =>
    orRefusal(async () => {
      const response = await follow(new URL(source), AbortSignal.timeout(timeoutMs));
      return isRefusal(response) ? response : use(response);
    });

  async function read(source: string, maxBytes: number): Promise<SourceBytes | Refusal> {
    return ask(source, async response => {
      const length = Number(response.headers['content-length'] ?? 0);
      const bytes = await readWhole(response, { maxBytes, length });
      if (isRefusal(bytes)) return bytes;
      if (sniffImage(bytes) === undefined) return refuse('IMAGE_TYPE_UNSUPPORTED', 'the source is no image');
      return { bytes, etag: validatorOf(response) ?? (await digestOf(bytes)) };
    });
  }

  return {
    async stat(source) {
      const etag = await ask(source, async response => {
        response.destroy();
        return { etag: validatorOf(response) };
      });
      if (isRefusal(etag)) return etag;
      // A host that says nothing of its versions is asked for the bytes: they tell.
      return etag.etag === undefined ? read(source, maxBytes) : { etag: etag.etag };
    },
    read,
  } satisfies SourceStore;
}

function judge(url: URL, allowed: ReadonlySet<string>): Refusal | undefined {
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  return plain && allowed.has(url.hostname)
    ? undefined
    : refuse('IMAGE_SOURCE_REFUSED', 'only https sources on the hosts that are listed are fetched');
}

function unusable(status: number): Refusal {
  return status === 404 || status === 410
    ? refuse('IMAGE_SOURCE_MISSING', `the host answers ${status}`)
    : refuse('IMAGE_SOURCE_UNAVAILABLE', `the host answers ${status}`);
}

function validatorOf({ headers: { etag, 'last-modified': modified } }: IncomingMessage): string | undefined {
  return etag ?? (modified === undefined ? undefined : `"${modified}"`);
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  return `"${hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))).slice(0, 32)}"`;
}

async function orRefusal<Result>(ask: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PrivateAddressError) return refuse('IMAGE_SOURCE_REFUSED', error.message);
    return refuse('IMAGE_SOURCE_UNAVAILABLE', 'the host of the source does not answer as it should');
  }
}
