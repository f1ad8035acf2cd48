/**
 * The least server that makes pictures: node:http and sharp, on a folder or on S3 through the SDK, with the settings that the
 * image function's plans have. What it does not do, check, or know is what the function is compared by.
 *
 * Shape   node bare-process.ts <folder> | s3 <bucket>, prints its address
 */

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import sharp, { type Sharp } from 'sharp';

const [place = '', bucket] = process.argv.slice(2);
const s3 = bucket === undefined ? undefined : new S3Client({ forcePathStyle: true });
sharp.cache(false);

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bare.test');
  const source = pathname.slice(1);
  const [width, quality, format] = ['width', 'quality', 'format'].map(name => searchParams.get(name));
  const image = sharp(await read(source), { sequentialRead: true })
    .rotate()
    .resize({
      width: Number(width),
      fit: 'inside',
      withoutEnlargement: false,
    });
  const made = await encode(image, String(format), Number(quality)).toBuffer();
  response.writeHead(200, { 'content-type': `image/${format}` }).end(made);
  if (s3) await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `bare${request.url}`, Body: made }));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);

async function read(source: string): Promise<Uint8Array> {
  if (!s3) return readFile(join(place, source));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: source }));
  if (!Body) throw new Error(`${source} is empty`);
  return Body.transformToByteArray();
}

function encode(image: Sharp, format: string, quality: number): Sharp {
  if (format === 'avif') return image.avif({ quality, effort: 3, chromaSubsampling: '4:2:0' });
  return format === 'webp' ? image.webp({ quality, effort: 4 }) : image.jpeg({ quality, mozjpeg: true });
}
