/**
 * Azure's management API as far as purging an endpoint goes: tokens that end, a hundred paths a call, an operation that has to be
 * asked for, and the token bucket of writes.
 */

import { bearerOf, bodyOf, createBucket, json, type VendorFake } from './vendor.ts';

export interface AzureFakeOptions {
  /** Whatever is right at the moment. */
  readonly token: () => string;
  readonly endpointPath: string;
  readonly clock: () => number;
  /** @default 60_000 */
  readonly takesMs?: number;
  /** Operations that end badly, by their number from 1. */
  readonly fails?: ReadonlySet<number>;
}

const API = 'https://management.azure.com';

export function createAzureFake({ token, endpointPath, clock, takesMs = 60_000, fails }: AzureFakeOptions) {
  const taken: string[] = [];
  let [requests, beyond, looks] = [0, 0, 0];
  const writes = createBucket(clock, 200, 10);
  const operations: { readonly doneAt: number }[] = [];

  function look(id: number) {
    looks += 1;
    const operation = operations[id - 1];
    if (!operation) return json(404, { error: { code: 'NotFound', message: 'No such operation' } });
    if (clock() < operation.doneAt) return json(200, { status: 'InProgress' });
    return fails?.has(id)
      ? json(200, {
          status: 'Failed',
          error: { code: 'PurgeFailed', message: 'A point of presence did not answer' },
        })
      : json(200, { status: 'Succeeded' });
  }

  return {
    answer(request) {
      const { pathname, searchParams } = new URL(request.url, API);
      if (bearerOf(request) !== token())
        return json(401, {
          error: { code: 'ExpiredAuthenticationToken', message: 'The access token expiry UTC time' },
        });
      const [, operation] = /\/operationresults\/(\d+)$/.exec(pathname) ?? [];
      if (request.method === 'GET' && operation) return look(Number(operation));
      requests += 1;
      if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(searchParams.get('api-version') ?? ''))
        return json(400, {
          error: { code: 'MissingApiVersionParameter', message: 'The api-version is required' },
        });
      if (pathname !== `${endpointPath}/purge`)
        return json(404, { error: { code: 'ResourceNotFound', message: 'The endpoint was not found' } });
      const words = wrong(bodyOf(request));
      if (words) return json(400, { error: { code: 'BadRequest', message: words } });
      if (!writes.take()) {
        beyond += 1;
        const headers = { 'retry-after': String(Math.ceil(writes.freeInMs() / 1_000)) };
        return json(
          429,
          { error: { code: 'TooManyRequests', message: 'The request is throttled' } },
          headers,
        );
      }
      const { contentPaths, domains = ['*'] } = bodyOf(request) as {
        contentPaths: string[];
        domains?: string[];
      };
      for (const domain of domains)
        for (const path of contentPaths) taken.push(`${domain} ${path.toLowerCase()}`);
      operations.push({ doneAt: clock() + takesMs });
      const where = `${API}/subscriptions/s/providers/Microsoft.Cdn/operationresults/${operations.length}?api-version=2024-02-01`;
      return { status: 202, headers: { 'azure-asyncoperation': where, 'retry-after': '10' } };
    },
    taken: () => taken,
    requests: () => requests,
    beyond: () => beyond,
    looks: () => looks,
  } satisfies VendorFake & { looks(): number };
}

function wrong(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const { contentPaths, domains, ...rest } = body ?? {};
  if (!Array.isArray(contentPaths) || contentPaths.length === 0) return 'contentPaths is required';
  if (contentPaths.length > 100) return 'At most 100 content paths can be purged at a time';
  if (!contentPaths.every(path => /^\/[^?#*]*$/.test(path) || /^\/([^?#*]*\/)?\*$/.test(path)))
    return 'Invalid path';
  if (domains !== undefined && !(Array.isArray(domains) && domains.length > 0)) return 'Invalid domains';
  return Object.keys(rest).length > 0 ? `Unknown property ${Object.keys(rest)[0]}` : undefined;
}
