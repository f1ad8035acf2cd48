/**
 * What the AWS runtime client expects of its compiled part: fetches the next invocation and hands in results over the
 * Lambda Runtime API. The compiled one needs cmake and a C++ compiler; this one needs neither.
 *
 * Errors  an API that cannot be reached ends the process, as it does in Lambda
 * Source  Lambda Developer Guide, "Using the Lambda runtime API"
 */

import { request } from 'node:http';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

/** The result that is still on its way: the next invocation may not be asked for before it arrived. */
let handingIn: Promise<unknown> = Promise.resolve();

export async function next(): Promise<{ bodyJson: string; headers: Record<string, unknown> }> {
  await handingIn;
  return call('GET', 'next');
}

export function done(id: string, body: string): void {
  handingIn = call('POST', `${id}/response`, body);
}

export function error(id: string, body: string): void {
  handingIn = call('POST', `${id}/error`, body);
}

/** Not fetch: it gives up after five minutes, and the next invocation may be hours away. */
function call(
  method: string,
  path: string,
  body?: string,
): Promise<{ bodyJson: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api}/${path}`, { method }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk)).on('error', reject);
      response.on('end', () =>
        resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
    });
    sent.on('error', reject).end(body);
  });
}
