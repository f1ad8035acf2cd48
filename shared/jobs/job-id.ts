/**
 * The id of a job: its type and 96 random bits; with an idempotency key, bits made from the key in place of chance, so that
 * the same key finds the same row without a second record that could be lost.
 *
 * Shape   type (+ tenant, key) -> '<type>-<24 hex digits>'; id -> type | null
 * Errors  none (total)
 */

import { hashText } from '../primitives/hash.ts';
import type { CreateId } from '../primitives/ids.ts';
import { isJobType, type JobType } from './catalogue.ts';

const HEX_DIGITS = 24;
const FORM = /^([a-z-]+)-([0-9a-f]{24})$/;

export function createJobId(type: JobType, createId: CreateId): string {
  return `${type}-${createId()}`;
}

export interface KeyedId {
  readonly type: JobType;
  readonly tenant: string;
  readonly key: string;
}

/** No two tenants share a key. */
export async function keyedJobId({ type, tenant, key }: KeyedId): Promise<string> {
  const hex = await hashText(JSON.stringify([type, tenant, key]));
  return `${type}-${hex.slice(0, HEX_DIGITS)}`;
}

export function parseJobId(id: string): JobType | null {
  const type = FORM.exec(id)?.[1];
  return type !== undefined && isJobType(type) ? type : null;
}
