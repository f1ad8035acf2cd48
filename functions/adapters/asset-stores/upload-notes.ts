/**
 * The note beside a large upload that is under way: its id, and what the file is to become.
 *
 * Errors  as the store's; a note that cannot be read counts as none
 * Cost    one request each, for files in parts alone
 */

import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { NOTES_FOLDER } from '../../../shared/publishing/asset-key.ts';
import { md5, toHex } from '../../publishing/digests.ts';
import { failed, orMissing } from './s3-failures.ts';
import type { Uploading } from './s3-place.ts';

export interface UploadNote {
  readonly id: string;
  /** Whether it was begun with the same attributes. */
  readonly isSame: boolean;
}

export async function readNote({ place, key, attributes }: Uploading): Promise<UploadNote | undefined> {
  const command = new GetObjectCommand({ Bucket: place.bucket, Key: noteKey(key) });
  const found = await place.s3.send(command).catch(orMissing(key));
  const text = await found?.Body?.transformToString().catch(failed(key));
  const note = text === undefined ? undefined : parse(text);
  return note && { id: note.id, isSame: note.form === formOf(attributes) };
}

export async function writeNote({ place, key, attributes }: Uploading, id: string): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: place.bucket,
    Key: noteKey(key),
    Body: JSON.stringify({ key, id, form: formOf(attributes) }),
    ContentType: 'application/json',
    CacheControl: 'no-store',
  });
  await place.s3.send(command).catch(failed(key));
}

/** The file itself has arrived: a note that stays behind names an upload that is over, which the next one finds out. */
export async function forgetNote({ place, key }: Uploading): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: place.bucket, Key: noteKey(key) });
  await place.s3.send(command).catch(() => undefined);
}

function noteKey(key: string): string {
  return `${NOTES_FOLDER}/uploads/${toHex(md5(Buffer.from(key)))}.json`;
}

function formOf(attributes: Uploading['attributes']): string {
  return toHex(md5(Buffer.from(JSON.stringify(attributes))));
}

function parse(text: string): { readonly id: string; readonly form: unknown } | undefined {
  try {
    const { id, form } = JSON.parse(text);
    return typeof id === 'string' ? { id, form } : undefined;
  } catch {
    return undefined;
  }
}
