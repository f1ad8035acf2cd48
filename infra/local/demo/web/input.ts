/**
 * What visitors may send the demo, checked before it is used.
 *
 * Errors  a form or body that is wrong is a sentence that names the field
 */

import type { Context } from 'hono';
import { z } from 'zod';
import { type Selection, SORTS, type Sort } from '../shop/catalogue.ts';

const words = (most: number) => z.string().trim().min(1, 'must not be empty').max(most);

export const REVIEW = z.object({
  rating: z.coerce.number().int().min(1).max(5),
  title: words(80),
  body: words(2_000),
});

export const ORDER = z.object({ quantity: z.coerce.number().int().min(1).max(20) });

export const SIGN_IN = z.object({ email: z.string().trim().max(200) });

export const PRODUCT_CHANGE = z
  .strictObject({
    name: words(80).optional(),
    price: z.number().min(0).max(1_000_000).multipleOf(0.01).optional(),
    stock: z.number().int().min(0).max(1_000_000).optional(),
  })
  .refine(change => Object.keys(change).length > 0, 'must name at least one of name, price and stock');

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly sentence: string };

/** A form or JSON, by the request's own word. */
export async function parseBody<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<Parsed<z.output<Schema>>> {
  const isJson = context.req.header('Content-Type')?.startsWith('application/json') ?? false;
  const body = await (isJson ? context.req.json() : context.req.parseBody()).catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, sentence: `${issue?.path.join('.') || 'the body'}: ${issue?.message ?? 'is wrong'}` };
}

const LAST_PAGE = 10_000;
const LONGEST_SEARCH = 60;

/** What makes no sense is what a visitor gets who says nothing. */
export function selectionOf(context: Context): Selection {
  const page = Number(context.req.query('page') ?? 1);
  const sort = context.req.query('sort') ?? '';
  return {
    page: Number.isInteger(page) && page >= 1 && page <= LAST_PAGE ? page : 1,
    sort: isSort(sort) ? sort : 'newest',
  };
}

function isSort(text: string): text is Sort {
  return Object.hasOwn(SORTS, text);
}

export function searchedFor(context: Context): string {
  return (context.req.query('q') ?? '').trim().slice(0, LONGEST_SEARCH);
}
