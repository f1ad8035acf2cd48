/**
 * Where a night's analysis is kept: below the day and time it was made, and again as the latest.
 *
 * Shape   analysis/<database>/2026-11-20T03-00-00Z/report.md; analysis/<database>/latest/report.md
 * Errors  the SDK's, but for a snapshot that is not there or cannot be read: then there is none to compare with
 * Cost    a PutObject for each file and place, one GetObject
 */

import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Snapshot } from '../../shared/query-optimizer/snapshot.ts';
import { parseSnapshot } from '../../shared/query-optimizer/snapshot-file.ts';

export interface AnalysisStore {
  /** Of the last night; undefined when there was none, or it is of a format that nobody reads any more. */
  loadLast(database: string): Promise<Snapshot | undefined>;
  /** Returns the folder that keeps it. The latest is told last: what is there then is whole. */
  keep(database: string, at: number, files: Readonly<Record<string, string>>): Promise<string>;
}

export interface AnalysisStoreOptions {
  readonly s3: S3Client;
  readonly bucket: string;
}

const SNAPSHOT = 'snapshot.json';

export function createAnalysisStore({ s3, bucket }: AnalysisStoreOptions): AnalysisStore {
  async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await s3.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: `${folder}/${name}`,
          Body: text,
          ContentType: contentTypeOf(name),
        }),
      );
    }
  }

  return {
    async loadLast(database) {
      const text = await readText({ s3, bucket }, `${folderOf(database)}/latest/${SNAPSHOT}`);
      const read = text === undefined ? undefined : parseSnapshot(text);
      return read?.kind === 'snapshot' ? read.snapshot : undefined;
    },
    async keep(database, at, files) {
      const folder = `${folderOf(database)}/${nameOf(at)}`;
      await put(folder, files);
      await put(`${folderOf(database)}/latest`, files);
      return folder;
    },
  };
}

/** A database may be called anything; a key may not. */
const folderOf = (database: string): string => `analysis/${encodeURIComponent(database)}`;

/** Without what some programs do not take in a file's name. */
const nameOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');

async function readText({ s3, bucket }: AnalysisStoreOptions, key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
  sql: 'application/sql; charset=utf-8',
};

function contentTypeOf(name: string): string {
  return CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
