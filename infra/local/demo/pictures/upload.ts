/**
 * Puts the pictures of the first products into a bucket, where functions that work on pictures find them.
 *
 * Shape   products/<id>.jpg; what is there already stays as it is
 * Errors  rejects with the first answer that is not as it should be
 * Cost    one request a picture, two and the painting when it is not there
 */

import { AwsClient } from 'aws4fetch';
import { paintProduct } from './paint.ts';

export interface Bucket {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly name: string;
}

export async function uploadPictures(bucket: Bucket, count: number): Promise<void> {
  const client = new AwsClient({ ...bucket, service: 's3', retries: 0 });
  for (let id = 1; id <= count; id++) {
    const url = `${bucket.endpoint}/${bucket.name}/products/${id}.jpg`;
    const known = await client.fetch(url, { method: 'HEAD' });
    if (known.ok) continue;
    const body = new Uint8Array(await paintProduct(id));
    const answer = await client.fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      body,
    });
    if (!answer.ok) throw new Error(`${url} was refused: ${answer.status} ${await answer.text()}`);
  }
}
