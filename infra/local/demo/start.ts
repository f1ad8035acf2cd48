/**
 * Starts the demo origin in a process of its own.
 *
 * Shape   { databaseUrl, products, pictures } -> Part & { url }, once its data is there and it listens
 * Errors  StartError when its process ends before
 * Cost    the data is made at the first start: 50,000 products take two seconds
 */

import { join } from 'node:path';
import type { AwsAccess } from '../aws/start.ts';
import { startNodePart } from '../node-part.ts';
import type { Part } from '../part.ts';
import type { Bucket } from './pictures/upload.ts';
import { PRODUCTS } from './size.ts';

export interface DemoOptions {
  /** Where its data is kept, in a schema of its own. */
  readonly databaseUrl: string;
  /** @default 50,000 */
  readonly products?: number;
  /** Where the pictures of the first products are put. @default nowhere */
  readonly pictures?: AwsAccess & { readonly bucket: string };
  /** Where the edge serves them to anybody. @default nowhere, and there is no gallery */
  readonly imagesPath?: string | undefined;
}

export interface Demo extends Part {
  readonly url: string;
}

const GRACE_MS = 500;

export function startDemo({
  databaseUrl,
  products = PRODUCTS,
  pictures,
  imagesPath,
}: DemoOptions): Promise<Demo> {
  return startNodePart(join(import.meta.dirname, 'server.ts'), {
    name: 'The demo origin',
    instead: 'set ORIGIN_URL to use your own instead',
    environment: {
      DATABASE_URL: databaseUrl,
      PRODUCTS: String(products),
      ...(pictures && { BUCKET: JSON.stringify(bucketOf(pictures)) }),
      ...(imagesPath && { IMAGES_PATH: imagesPath }),
    },
    graceMs: GRACE_MS,
  });
}

function bucketOf({ endpoint, region, credentials, bucket }: NonNullable<DemoOptions['pictures']>): Bucket {
  const { accessKeyId, secretAccessKey } = credentials;
  return { endpoint, region, accessKeyId, secretAccessKey, name: bucket };
}
