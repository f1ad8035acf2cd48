/**
 * Published files in a container of Azure Blob Storage, by its REST API.
 *
 * Errors  as the port; what the service may get over was tried again before
 * Cost    one request each; see azure-upload.ts for large files
 * Source  Azure Storage REST API: Put Blob, Get Blob, Get Blob Properties, Delete Blob; "Specifying conditional headers"
 */

import type { AssetAttributes, AssetStore, WriteCondition } from '../../../shared/publishing/asset-store.ts';
import { md5, toBase64 } from '../../publishing/digests.ts';
import { type AzurePlace, askAzure, MISSING } from './azure-request.ts';
import { openBlocks } from './azure-upload.ts';
import { tooLong } from './words.ts';

const LIMITS = { smallestPartBytes: 5 * 1024 * 1024, mostParts: 50_000 } as const;

export function createAzureAssets(place: AzurePlace) {
  return {
    limits: LIMITS,
    async stat(key) {
      const response = await askAzure(place, { method: 'HEAD', key, passes: MISSING });
      if (!response.ok) return undefined;
      const bytes = Number(response.headers.get('content-length') ?? 0);
      return { etag: etagOf(response), bytes, attributes: attributesOf(response.headers) };
    },
    async read(key, maxBytes) {
      const response = await askAzure(place, { method: 'GET', key, passes: MISSING });
      if (!response.ok) return undefined;
      if (Number(response.headers.get('content-length')) > maxBytes) {
        await response.body?.cancel();
        throw tooLong(key, maxBytes);
      }
      return { etag: etagOf(response), bytes: new Uint8Array(await response.arrayBuffer()) };
    },
    async put(key, bytes, attributes, { condition, signal } = {}) {
      const headers = {
        'x-ms-blob-type': 'BlockBlob',
        'content-md5': toBase64(md5(bytes)),
        ...attributeHeaders(attributes),
        ...conditionOf(condition),
      };
      return { etag: etagOf(await askAzure(place, { method: 'PUT', key, headers, body: bytes, signal })) };
    },
    open: (key, attributes, { signal } = {}) =>
      openBlocks({ place, key, headers: attributeHeaders(attributes), signal }),
    async remove(key) {
      await askAzure(place, { method: 'DELETE', key, passes: MISSING });
    },
  } satisfies AssetStore;
}

/** Names of metadata are those of C#: a hyphen travels as an underscore. */
const META = 'x-ms-meta-';

function attributeHeaders({ contentType, cacheControl, contentEncoding, metadata }: AssetAttributes) {
  return {
    'x-ms-blob-content-type': contentType,
    'x-ms-blob-cache-control': cacheControl,
    ...(contentEncoding && { 'x-ms-blob-content-encoding': contentEncoding }),
    ...Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [META + name.replaceAll('-', '_'), value]),
    ),
  };
}

function attributesOf(headers: Headers): AssetAttributes {
  const coding = headers.get('content-encoding');
  const metadata = [...headers].flatMap(([name, value]): [string, string][] =>
    name.startsWith(META) ? [[name.slice(META.length).replaceAll('_', '-'), value]] : [],
  );
  return {
    contentType: headers.get('content-type') ?? '',
    cacheControl: headers.get('cache-control') ?? '',
    ...((coding === 'br' || coding === 'gzip') && { contentEncoding: coding }),
    metadata: Object.fromEntries(metadata),
  };
}

function conditionOf(condition: WriteCondition | undefined): Record<string, string> {
  if (!condition) return {};
  return 'ifMatch' in condition ? { 'if-match': condition.ifMatch } : { 'if-none-match': '*' };
}

function etagOf({ headers }: Response): string {
  return headers.get('etag') ?? '';
}
