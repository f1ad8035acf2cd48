/**
 * One container of Azure Blob Storage, which checks what Azure checks: who asks, the version, digests, names of blocks and of
 * metadata, conditions, and that a list names only blocks that are there.
 *
 * Source  Azure Storage REST API: Put Blob, Put Block, Put Block List, Get Block List, Delete Blob, "Status and error codes"
 */

import { createHash } from 'node:crypto';
import {
  type LoopbackServer,
  serveLoopback,
  type WireReply,
  type WireRequest,
} from '../../infra/local/loopback.ts';

export interface FakeAzure {
  readonly containerUrl: string;
  readonly blobs: ReadonlyMap<string, Blob>;
  /** Method and `comp` of each request that was let in. */
  readonly asked: readonly string[];
  readonly server: LoopbackServer;
}

interface Blob {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface State {
  readonly blobs: Map<string, Blob>;
  readonly blocks: Map<string, Map<string, Uint8Array>>;
  versions: number;
}

export const AZURE_TOKEN = 'azure-test-token';
export const AZURE_SAS = '?sv=2023-11-03&sr=c&sp=rcwd&sig=c2FzLXRlc3Q%3D';
const CONTAINER = 'assets';
const LONGEST_BLOCK_BYTES = 4_000 * 1024 * 1024;

export async function startAzureBlob(): Promise<FakeAzure> {
  const state: State = { blobs: new Map(), blocks: new Map(), versions: 0 };
  const asked: string[] = [];
  const server = await serveLoopback(async request => {
    const url = new URL(request.url, 'http://azure');
    const refused = findRefusal(request, url);
    if (refused) return refused;
    asked.push([request.method, url.searchParams.get('comp')].filter(Boolean).join(' '));
    return answer(request, url, state);
  });
  return { containerUrl: `${server.origin}/${CONTAINER}`, blobs: state.blobs, asked, server };
}

function findRefusal({ headers }: WireRequest, url: URL): WireReply | undefined {
  const version = headers['x-ms-version']?.[0] ?? '';
  if (!/^20(?:19-12-12|2\d-\d\d-\d\d)$/.test(version)) return fail(400, 'InvalidHeaderValue');
  if (Number.isNaN(Date.parse(headers['x-ms-date']?.[0] ?? ''))) return fail(403, 'AuthenticationFailed');
  const hasToken = headers.authorization?.[0] === `Bearer ${AZURE_TOKEN}`;
  const hasSas = url.searchParams.get('sig') === new URLSearchParams(AZURE_SAS).get('sig');
  if (!hasToken && !hasSas) return fail(403, 'AuthenticationFailed');
  return url.pathname.split('/')[1] === CONTAINER ? undefined : fail(404, 'ContainerNotFound');
}

function answer(request: WireRequest, url: URL, state: State): WireReply {
  const name = decodeURIComponent(url.pathname.slice(CONTAINER.length + 2));
  const comp = url.searchParams.get('comp');
  const one = { request, name, state };
  switch (`${request.method} ${comp ?? ''}`) {
    case 'PUT ':
      return putBlob(one);
    case 'PUT block':
      return putBlock(one, url.searchParams.get('blockid') ?? '');
    case 'PUT blocklist':
      return putBlockList(one);
    case 'GET blocklist':
      return getBlockList(one);
    case 'GET ':
    case 'HEAD ':
      return getBlob(one);
    case 'DELETE ':
      return state.blobs.delete(name) ? { status: 202 } : fail(404, 'BlobNotFound');
    default:
      return fail(405, 'UnsupportedHttpVerb');
  }
}

interface One {
  readonly request: WireRequest;
  readonly name: string;
  readonly state: State;
}

function putBlob(one: One): WireReply {
  if (header(one, 'x-ms-blob-type') !== 'BlockBlob') return fail(400, 'InvalidHeaderValue');
  return wrongBody(one) ?? failedCondition(one) ?? wrongMetadata(one) ?? store(one, one.request.body);
}

function putBlock(one: One, id: string): WireReply {
  const { request, name, state } = one;
  const decoded = Buffer.from(id, 'base64');
  if (decoded.toString('base64') !== id || decoded.byteLength === 0 || decoded.byteLength > 64)
    return fail(400, 'InvalidQueryParameterValue');
  const blocks = state.blocks.get(name) ?? new Map<string, Uint8Array>();
  // Names of one blob's blocks have one length.
  if ([...blocks.keys()].some(other => other.length !== id.length)) return fail(400, 'InvalidBlobOrBlock');
  if (request.body.byteLength > LONGEST_BLOCK_BYTES) return fail(413, 'RequestBodyTooLarge');
  const wrong = wrongBody(one);
  if (wrong) return wrong;
  state.blocks.set(name, blocks.set(id, request.body));
  return { status: 201 };
}

function putBlockList(one: One): WireReply {
  const { request, name, state } = one;
  const blocks = state.blocks.get(name) ?? new Map<string, Uint8Array>();
  const ids = [
    ...Buffer.from(request.body)
      .toString()
      .matchAll(/<Latest>([^<]+)<\/Latest>/g),
  ].map(([, id = '']) => id);
  const parts = ids.map(id => blocks.get(id));
  if (ids.length === 0 || parts.some(part => part === undefined)) return fail(400, 'InvalidBlockList');
  return failedCondition(one) ?? wrongMetadata(one) ?? store(one, Buffer.concat(parts as Uint8Array[]));
}

function getBlockList({ name, state }: One): WireReply {
  const blocks = state.blocks.get(name);
  if (!blocks && !state.blobs.has(name)) return fail(404, 'BlobNotFound');
  const listed = [...(blocks ?? [])].map(
    ([id, bytes]) => `<Block><Name>${id}</Name><Size>${bytes.byteLength}</Size></Block>`,
  );
  const body = `<?xml version="1.0" encoding="utf-8"?><BlockList><UncommittedBlocks>${listed.join('')}</UncommittedBlocks></BlockList>`;
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

function getBlob({ request, name, state }: One): WireReply {
  const blob = state.blobs.get(name);
  if (!blob) return fail(404, 'BlobNotFound');
  const headers = { ...blob.headers, etag: blob.etag, 'content-length': String(blob.bytes.byteLength) };
  return { status: 200, headers, ...(request.method === 'GET' && { body: blob.bytes }) };
}

const STORED = /^x-ms-(?:meta-|blob-(content-type|cache-control|content-encoding)$)/;

function store({ request, name, state }: One, bytes: Uint8Array): WireReply {
  const headers = Object.entries(request.headers).flatMap(([field, [value = '']]): [string, string][] => {
    const known = STORED.exec(field);
    return known ? [[known[1] ?? field, value]] : [];
  });
  const etag = `"0x${(++state.versions).toString(16).toUpperCase().padStart(15, '0')}"`;
  state.blobs.set(name, { bytes, etag, headers: Object.fromEntries(headers) });
  state.blocks.delete(name);
  return { status: 201, headers: { etag } };
}

function wrongBody(one: One): WireReply | undefined {
  const said = header(one, 'content-md5');
  if (said === undefined) return undefined;
  return createHash('md5').update(one.request.body).digest('base64') === said
    ? undefined
    : fail(400, 'Md5Mismatch');
}

function wrongMetadata({ request }: One): WireReply | undefined {
  const names = Object.keys(request.headers).filter(name => name.startsWith('x-ms-meta-'));
  return names.every(name => /^[a-z_][a-z0-9_]*$/.test(name.slice(10)))
    ? undefined
    : fail(400, 'InvalidMetadata');
}

function failedCondition(one: One): WireReply | undefined {
  const current = one.state.blobs.get(one.name);
  if (header(one, 'if-none-match') === '*' && current) return fail(409, 'BlobAlreadyExists');
  const expected = header(one, 'if-match');
  return expected === undefined || expected === current?.etag ? undefined : fail(412, 'ConditionNotMet');
}

function header({ request }: One, name: string): string | undefined {
  return request.headers[name]?.[0];
}

function fail(status: number, code: string): WireReply {
  return { status, headers: { 'x-ms-error-code': code } };
}
