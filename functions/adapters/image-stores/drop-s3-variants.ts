/**
 * Deletes all variants of a source from their bucket: they lie below its own key. So do those of a source whose key goes on
 * where this one ends; they are made again.
 *
 * Shape   source -> how many there were
 * Errors  the SDK's; an Error when S3 deletes all but some
 * Cost    a list and a delete for each thousand
 */
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { S3Place } from './s3-sources.ts';

export function createDropVariants({ s3, bucket: Bucket }: S3Place): (source: string) => Promise<number> {
  async function keysOf(Prefix: string): Promise<readonly string[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    return Contents.flatMap(({ Key }) => Key ?? []);
  }

  async function drop(keys: readonly string[]): Promise<void> {
    const Objects = keys.map(Key => ({ Key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new Error(`S3 kept ${Errors.length} variants: ${first.Code} for ${first.Key}`);
  }

  return async source => {
    let dropped = 0;
    for (let keys = await keysOf(`${source}/`); keys.length > 0; keys = await keysOf(`${source}/`)) {
      await drop(keys);
      dropped += keys.length;
    }
    return dropped;
  };
}
