/**
 * A large file to Azure in blocks, which goes on where an earlier attempt ended.
 *
 * A block's name is ours to choose, so it says which bytes it is: number and digest. What the service has under that name
 * is what would be sent. Type and metadata are said at the end, so no note is needed of how it was begun.
 *
 * Errors  as the port. What is given up is dropped by the service after a week
 * Cost    open: Get Block List; send: Put Block, or none; complete: Put Block List
 * Source  Azure Storage REST API: Put Block (names of one length, at most 64 bytes), Put Block List, Get Block List
 */

import type { AssetPart, AssetUpload } from '../../../shared/publishing/asset-store.ts';
import { toBase64, toHex } from '../../publishing/digests.ts';
import { type AzurePlace, askAzure, MISSING } from './azure-request.ts';

export interface BlockUploading {
  readonly place: AzurePlace;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

export async function openBlocks(uploading: BlockUploading): Promise<AssetUpload> {
  const { place, key, headers, signal } = uploading;
  const present = await listBlocks(uploading);
  const names = new Map<number, string>();

  async function sendBlock(part: AssetPart, name: string): Promise<void> {
    await askAzure(place, {
      method: 'PUT',
      key,
      query: { comp: 'block', blockid: name },
      headers: { 'content-md5': toBase64(part.md5) },
      body: part.bytes,
      signal,
    });
  }

  return {
    async send(part) {
      const name = blockName(part);
      const isPresent = present.get(name) === part.bytes.byteLength;
      if (!isPresent) await sendBlock(part, name);
      names.set(part.number, name);
      return isPresent ? 'present' : 'sent';
    },
    async complete() {
      const inOrder = [...names].sort(([left], [right]) => left - right).map(([, name]) => name);
      const body = formatBlockList(inOrder);
      const query = { comp: 'blocklist' };
      const answer = await askAzure(place, { method: 'PUT', key, query, headers, body, signal });
      return { etag: answer.headers.get('etag') ?? '' };
    },
    async abort() {},
  };
}

/** By name, with its bytes. */
async function listBlocks({ place, key, signal }: BlockUploading): Promise<ReadonlyMap<string, number>> {
  const query = { comp: 'blocklist', blocklisttype: 'uncommitted' };
  const answer = await askAzure(place, { method: 'GET', key, query, signal, passes: MISSING });
  if (!answer.ok) return new Map();
  const blocks = (await answer.text()).matchAll(/<Block><Name>([^<]+)<\/Name><Size>(\d+)<\/Size><\/Block>/g);
  return new Map([...blocks].map(([, name = '', bytes]) => [name, Number(bytes)]));
}

function blockName({ number, sha256 }: AssetPart): string {
  return btoa(`${String(number).padStart(5, '0')}-${toHex(sha256).slice(0, 40)}`);
}

function formatBlockList(names: readonly string[]): string {
  const blocks = names.map(name => `<Latest>${name}</Latest>`).join('');
  return `<?xml version="1.0" encoding="utf-8"?><BlockList>${blocks}</BlockList>`;
}
