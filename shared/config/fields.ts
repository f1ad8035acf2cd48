/**
 * What the fields of a configuration may hold, each with the words for when it does not.
 *
 * Cost    built when they are asked for: an isolate checks its configuration before its first answer
 */

import * as z from 'zod/mini';
import { isCacheTag } from '../http/cache-tags.ts';
import { type Duration, parseDurationMs } from '../primitives/duration.ts';
import { lazy } from '../primitives/lazy.ts';
import { isBareOrigin } from './settings-schema.ts';

export const duration = lazy(() =>
  z.custom<Duration>(
    value => typeof value === 'string' && parseDurationMs(value) !== undefined,
    "must be a duration such as '500ms', '30s', '5m', '2h' or '7d'",
  ),
);
/** Timers count no further than 24 days, and nobody waits that long. */
export const timeout = lazy(() =>
  duration().check(z.refine(isTimeout, "must be a duration from '1ms' to '10m'")),
);
export const fieldName = text(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name');
export const fieldValue = text(
  /^[!-~]([\t -~]*[!-~])?$/,
  'must be the text of a header: visible ASCII, no space at its ends',
);
export const cookieName = text(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be the name of a cookie');
export const language = text(
  /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/,
  "must be a language such as 'en' or 'de-AT'",
);
export const parameter = text(
  /^[^&=#\s*]*\*?$/,
  'must be the name of a parameter as it stands in a URL, or its beginning and *',
);
export const path = lazy(() => z.string().check(z.startsWith('/', 'must be a path that starts with /')));
export const pattern = lazy(() => path().check(z.refine(namesEachSegmentOnce, 'must not use a :name twice')));
export const tag = lazy(() =>
  z.string().check(z.refine(isCacheTag, 'must be 1 to 256 visible ASCII characters without a comma')),
);
export const bytes = lazy(() => z.int().check(z.minimum(0)));

export const originUrl = lazy(() =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https address', abort: true })
    .check(z.refine(isBareOrigin, 'must be scheme, host and port only; paths come from the requests')),
);

function text(form: RegExp, words: string) {
  return lazy(() => z.string().check(z.regex(form, words)));
}

function isTimeout(text: Duration): boolean {
  const ms = parseDurationMs(text) ?? 0;
  return ms >= 1 && ms <= 600_000;
}

function namesEachSegmentOnce(text: string): boolean {
  const names = text.match(/:[A-Za-z_]\w*/g) ?? [];
  return new Set(names).size === names.length;
}
