/**
 * What was asked for on the command line of `npm run publish`.
 *
 * Shape   arguments -> { kind: 'command', order } | { kind: 'help' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import type { ParseArgsConfig } from 'node:util';
import { isCacheTag } from '../../../shared/http/cache-tags.ts';
import { parseAssetKey } from '../../../shared/publishing/asset-key.ts';
import { orWrong, type Parsed, readOptions, UsageError } from '../command-line.ts';

export interface PublishOrder {
  readonly folder: string;
  readonly bucket?: string;
  readonly endpoint?: string;
  readonly container?: string;
  /** '' or with a slash at its end. */
  readonly prefix: string;
  readonly url?: string;
  readonly tags: readonly string[];
  readonly cacheControl?: string;
  readonly minify: boolean;
  readonly pictures: boolean;
  readonly compress: boolean;
  readonly prune: boolean;
  readonly invalidate: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

export interface Asked {
  readonly order: PublishOrder;
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  bucket: { type: 'string' },
  endpoint: { type: 'string' },
  container: { type: 'string' },
  prefix: { type: 'string' },
  url: { type: 'string' },
  tag: { type: 'string', multiple: true },
  'cache-control': { type: 'string' },
  minify: { type: 'boolean' },
  pictures: { type: 'boolean' },
  compress: { type: 'boolean' },
  prune: { type: 'boolean' },
  invalidate: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsConfig['options'];

export function parsePublish(args: readonly string[]): Parsed<Asked> {
  return orWrong<Asked>(() => {
    const { values, positionals } = parse(args);
    if (values.help || args.length === 0) return { kind: 'help' };
    const [folder = '', ...more] = positionals;
    if (more.length > 0) throw new UsageError(`One folder at a time, not also ${more[0]}.`);
    const order = orderOf(folder, values);
    const fault = findFault(order);
    if (fault !== undefined) throw new UsageError(fault);
    return { kind: 'command', order };
  });
}

type Values = ReturnType<typeof parse>['values'];

function parse(args: readonly string[]) {
  return readOptions({ args: [...args], options: OPTIONS, allowPositionals: true, allowNegative: true });
}

function orderOf(folder: string, values: Values): PublishOrder {
  const { bucket, endpoint, container, url, 'cache-control': cacheControl } = values;
  return {
    folder,
    ...(bucket !== undefined && { bucket }),
    ...(endpoint !== undefined && { endpoint }),
    ...(container !== undefined && { container }),
    ...(url !== undefined && { url }),
    ...(cacheControl !== undefined && { cacheControl }),
    prefix: prefixOf(values.prefix ?? ''),
    tags: values.tag ?? [],
    minify: values.minify ?? false,
    pictures: values.pictures ?? false,
    compress: values.compress ?? true,
    prune: values.prune ?? false,
    invalidate: values.invalidate ?? true,
    dryRun: values['dry-run'] ?? false,
    json: values.json ?? false,
  };
}

function prefixOf(text: string): string {
  const bare = text.replace(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `${bare}/`;
}

function findFault(order: PublishOrder): string | undefined {
  const { folder, bucket, endpoint, container, prefix, url, tags, cacheControl } = order;
  if (folder === '') return 'Name the folder to publish.';
  if (container !== undefined && (bucket !== undefined || endpoint !== undefined))
    return '--container is Azure, --bucket and --endpoint are S3: give one or the other.';
  for (const [option, address] of Object.entries({ endpoint, container, url })) {
    if (address !== undefined && !isAddress(address))
      return `--${option} must be an address, for example https://www.example.com/.`;
  }
  const key = parseAssetKey(`${prefix}x`);
  if (!key.ok) return `--prefix ${prefix} cannot begin a name: it ${key.why}.`;
  const wrong = tags.find(tag => !isCacheTag(tag));
  if (wrong !== undefined)
    return `--tag ${JSON.stringify(wrong)} must be visible ASCII without a comma, 256 characters at most.`;
  return cacheControl === undefined || /^[ -~]+$/.test(cacheControl)
    ? undefined
    : '--cache-control must be the text of a header.';
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
