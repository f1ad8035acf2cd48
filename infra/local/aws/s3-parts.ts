/**
 * Adds to the S3 emulator what it lacks of uploads in parts: telling which parts have arrived.
 *
 * Shape   GET /bucket/key?uploadId=… -> ListPartsResult, in pages
 * Errors  404 NoSuchUpload
 * Source  S3 API Reference, ListParts
 */

import type { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.js';
import type { Answer, WireReply, WireRequest } from '../loopback.ts';
import { s3Error } from './errors.ts';

const MOST_A_PAGE = 1_000;
const NO_SUCH_UPLOAD = {
  status: 404,
  code: 'NoSuchUpload',
  message: 'The specified multipart upload does not exist.',
} as const;

export function withPartLists(emulate: Answer, store: S3Store): Answer {
  return async request => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '');
    const id = request.method === 'GET' ? query.get('uploadId') : null;
    return id === null ? emulate(request) : listParts(store, id, { query, request });
  };
}

interface Asking {
  readonly query: URLSearchParams;
  readonly request: WireRequest;
}

function listParts(store: S3Store, id: string, { query, request }: Asking): WireReply {
  const upload = uploadsOf(store).get(id);
  if (!upload) return s3Error(NO_SUCH_UPLOAD, request);
  const after = Number(query.get('part-number-marker') ?? 0);
  const most = Math.min(Number(query.get('max-parts') ?? MOST_A_PAGE), MOST_A_PAGE);
  const left = [...upload.parts.values()]
    .filter(({ partNumber }) => partNumber > after)
    .sort((one, other) => one.partNumber - other.partNumber);
  const page = left.slice(0, most);
  const isCut = left.length > page.length;
  const next = isCut ? `<NextPartNumberMarker>${page.at(-1)?.partNumber}</NextPartNumberMarker>` : '';
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><UploadId>${id}</UploadId><IsTruncated>${isCut}</IsTruncated>${next}${page.map(formatPart).join('')}</ListPartsResult>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

interface Part {
  readonly partNumber: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly checksumValue?: string;
}

function formatPart({ partNumber, body, etag, checksumValue }: Part): string {
  const checksum = checksumValue ? `<ChecksumSHA256>${checksumValue}</ChecksumSHA256>` : '';
  return `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${body.byteLength}</Size>${checksum}</Part>`;
}

/** The emulator keeps them to itself. */
function uploadsOf(store: S3Store): ReadonlyMap<string, { readonly parts: ReadonlyMap<number, Part> }> {
  return (store as unknown as { multipartUploads: ReadonlyMap<string, { parts: Map<number, Part> }> })
    .multipartUploads;
}
