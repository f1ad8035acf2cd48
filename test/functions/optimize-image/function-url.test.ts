import { PassThrough } from 'node:stream';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readEvent, type Streaming, writeAnswer } from '../../../functions/optimize-image/function-url.ts';

const event = (headers: Record<string, string>, rawQueryString = '') =>
  ({
    rawPath: '/images/w=1/a b.jpg',
    rawQueryString,
    headers,
    requestContext: { http: { method: 'GET' } },
  }) as LambdaFunctionURLEvent;

describe('the event of a Function URL', () => {
  it('is a question', () => {
    const headers = { accept: 'image/webp', 'if-none-match': '"1"', 'x-headrace-variant': 'missing' };
    expect(readEvent(event(headers, 'expires=9'))).toEqual({
      method: 'GET',
      pathname: '/images/w=1/a b.jpg',
      search: '?expires=9',
      accept: 'image/webp',
      ifNoneMatch: '"1"',
      looked: true,
    });
  });

  it('takes the path as it was written, where that is said', () => {
    expect(readEvent(event({ 'x-headrace-image': '/images/w=1/a%2520b.jpg' })).pathname).toBe(
      '/images/w=1/a%2520b.jpg',
    );
  });
});

describe('an answer', () => {
  /** As the runtime does: the prelude goes out with the first write, and only then. */
  const from: Streaming['from'] = (stream, prelude) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: unknown) => {
      stream.write = write;
      write(JSON.stringify(prelude));
      return chunk === '' ? true : write(chunk);
    };
    return stream;
  };
  const answer = { status: 200, fields: [['etag', '"1"']] as const, body: 'the picture' };

  async function sent(given: Parameters<typeof writeAnswer>[1], method = 'GET'): Promise<string> {
    const stream = new PassThrough();
    await writeAnswer(stream, given, { from, method });
    return Buffer.concat(await stream.toArray()).toString();
  }

  it('is streamed with its status and fields before it', async () => {
    expect(await sent(answer)).toBe('{"statusCode":200,"headers":{"etag":"\\"1\\""}}the picture');
  });

  it('to HEAD has no body, but all the rest', async () => {
    expect(await sent(answer, 'HEAD')).toBe('{"statusCode":200,"headers":{"etag":"\\"1\\""}}');
  });

  it('has ended before what comes after it begins', async () => {
    const stream = new PassThrough();
    let ended: boolean | undefined;
    const after = async () => {
      ended = stream.writableEnded;
    };
    await writeAnswer(stream, { ...answer, after }, { from, method: 'GET' });
    expect(ended).toBe(true);
  });
});
