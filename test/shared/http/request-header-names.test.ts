import { describe, expect, it } from 'vitest';
import {
  HARMLESS_HEADERS,
  OVERRIDE_HEADERS,
  OVERRIDE_PREFIXES,
  QUIET_HEADERS,
  QUIET_PREFIXES,
} from '../../../shared/http/request-header-names.ts';

const LISTS = { HARMLESS_HEADERS, OVERRIDE_HEADERS, QUIET_HEADERS };
const PREFIXES = [...OVERRIDE_PREFIXES, ...QUIET_PREFIXES];

describe('the lists of request headers', () => {
  it.each(Object.entries(LISTS))('%s: lower-case names that a request can carry', (_, names) => {
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('put no name in two lists, nor one under a prefix that already covers it', () => {
    const all = Object.values(LISTS).flatMap(names => [...names]);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter(name => PREFIXES.some(prefix => name.startsWith(prefix)))).toEqual([]);
  });
});
