/**
 * A large file to S3 in parts, which goes on where an earlier attempt ended.
 *
 * S3 tells of an upload under way which parts it has, but not what it is to become: type and metadata were said when it was
 * begun. So a note beside it says which upload stands for which attributes; with others it is given up and begun anew.
 *
 * Errors  as the port. Two who upload one key at once both arrive; only the later one can be gone on with
 * Cost    open: GetObject, and ListParts or CreateMultipartUpload with PutObject; send: UploadPart, or none; complete: two
 * Source  S3 API Reference: CreateMultipartUpload, ListParts, UploadPart, CompleteMultipartUpload; S3 User Guide, "Checking
 *         object integrity" (the ETag of a part is its MD5 unless KMS encrypts it)
 */

import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  type Part,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { AssetPart, AssetUpload } from '../../../shared/publishing/asset-store.ts';
import { md5, toBase64, toHex } from '../../publishing/digests.ts';
import { failed, isLostUpload, orLost } from './s3-failures.ts';
import { digestInput, inputOf, type S3Place, type Uploading, within } from './s3-place.ts';
import { forgetNote, readNote, writeNote } from './upload-notes.ts';

export async function openUpload(uploading: Uploading): Promise<AssetUpload> {
  const { place, key, signal } = uploading;
  const { s3, bucket: Bucket } = place;
  const { id: UploadId, present } = await goOnOrBegin(uploading);
  const target = { Bucket, Key: key, UploadId };
  const settings = within(signal);
  const sent = new Map<number, { readonly part: CompletedPart; readonly md5: Uint8Array }>();

  async function complete(): Promise<{ etag: string }> {
    const inOrder = [...sent].sort(([left], [right]) => left - right).map(([, each]) => each);
    const MultipartUpload = { Parts: inOrder.map(({ part }) => part) };
    const command = new CompleteMultipartUploadCommand({ ...target, MultipartUpload });
    const { ETag = '' } = await s3.send(command, settings).catch(async error => {
      const expected = wholeETag(inOrder.map(each => each.md5));
      // The answer to the first try was lost, and the second found the upload completed.
      if (isLostUpload(error) && (await etagOf(place, key)) === expected) return { ETag: expected };
      return failed(key, signal)(error);
    });
    await forgetNote(uploading);
    return { etag: ETag };
  }

  return {
    async send(part) {
      const known = present.get(part.number);
      const isPresent = known !== undefined && isSamePart(known, part);
      const ETag = isPresent ? known.ETag : await sendPart(part);
      sent.set(part.number, { part: completedPart(part, ETag, place), md5: part.md5 });
      return isPresent ? 'present' : 'sent';
    },
    complete,
    async abort() {
      await giveUp(uploading, UploadId);
      await forgetNote(uploading);
    },
  };

  async function sendPart(part: AssetPart): Promise<string | undefined> {
    const input = { ...target, PartNumber: part.number, Body: part.bytes, ...digestInput(part, place) };
    const { ETag } = await s3.send(new UploadPartCommand(input), settings).catch(failed(key, signal));
    return ETag;
  }
}

interface Opened {
  readonly id: string;
  readonly present: ReadonlyMap<number, Part>;
}

async function goOnOrBegin(uploading: Uploading): Promise<Opened> {
  const note = await readNote(uploading);
  if (note?.isSame) {
    const present = await listParts(uploading, note.id);
    if (present) return { id: note.id, present };
  } else if (note) {
    await giveUp(uploading, note.id);
  }
  return begin(uploading);
}

async function begin(uploading: Uploading): Promise<Opened> {
  const { place, key, attributes, signal } = uploading;
  const command = new CreateMultipartUploadCommand({
    Bucket: place.bucket,
    Key: key,
    ...inputOf(attributes),
    ...(place.checksums === 'sha256' && { ChecksumAlgorithm: 'SHA256' as const }),
  });
  const { UploadId = '' } = await place.s3.send(command, within(signal)).catch(failed(key, signal));
  await writeNote(uploading, UploadId);
  return { id: UploadId, present: new Map() };
}

/** Undefined: it was completed, given up or dropped meanwhile. */
async function listParts({ place, key }: Uploading, id: string): Promise<Map<number, Part> | undefined> {
  const parts = new Map<number, Part>();
  let PartNumberMarker: string | undefined;
  for (;;) {
    const listed = await place.s3
      .send(
        new ListPartsCommand({
          Bucket: place.bucket,
          Key: key,
          UploadId: id,
          ...(PartNumberMarker && { PartNumberMarker }),
        }),
      )
      .catch(orLost(key));
    if (!listed) return undefined;
    for (const part of listed.Parts ?? []) parts.set(part.PartNumber ?? 0, part);
    if (!listed.IsTruncated) return parts;
    PartNumberMarker = listed.NextPartNumberMarker;
  }
}

async function giveUp({ place, key }: Uploading, UploadId: string): Promise<void> {
  const command = new AbortMultipartUploadCommand({ Bucket: place.bucket, Key: key, UploadId });
  await place.s3.send(command).catch(orLost(key));
}

function isSamePart({ Size, ETag, ChecksumSHA256 }: Part, part: AssetPart): boolean {
  if (Size !== part.bytes.byteLength) return false;
  return ChecksumSHA256 ? ChecksumSHA256 === toBase64(part.sha256) : bare(ETag) === toHex(part.md5);
}

function completedPart(part: AssetPart, ETag: string | undefined, { checksums }: S3Place): CompletedPart {
  return {
    PartNumber: part.number,
    ETag,
    ...(checksums === 'sha256' && { ChecksumSHA256: toBase64(part.sha256) }),
  };
}

function wholeETag(digests: readonly Uint8Array[]): string {
  return `"${toHex(md5(Buffer.concat(digests)))}-${digests.length}"`;
}

async function etagOf({ s3, bucket }: S3Place, key: string): Promise<string | undefined> {
  const found = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })).catch(() => undefined);
  return found?.ETag;
}

function bare(etag = ''): string {
  return etag.replaceAll('"', '');
}
