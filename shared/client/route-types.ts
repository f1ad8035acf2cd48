/**
 * What a call of a route takes and gives, told by the table of routes: a client cannot disagree with the edge it is built with.
 *
 * Shape   'POST /api/admin/cache/purge' -> the types of its parameters, query, headers, body and answer
 */

import type * as z from 'zod/mini';
import type { Routes } from '../api/routes.ts';

export type CallName = keyof Routes & string;

export type CallInput<Name extends CallName> = Params<Name> &
  Member<'query', Routes[Name]> &
  Member<'headers', Routes[Name]> &
  Member<'body', Routes[Name]> & { readonly signal?: AbortSignal | undefined };

/** Of the answers that are no problems: a status without a body gives undefined, text is text. */
export type CallAnswer<Name extends CallName> = AnswerOf<
  Routes[Name]['answers'][keyof Routes[Name]['answers']]
>;

/** A body is always sent; the rest is needed where a member of it is. */
type Member<Part extends string, Route> =
  Route extends Readonly<Record<Part, () => infer Schema extends z.core.$ZodType>>
    ? Part extends 'body'
      ? { readonly [Key in Part]: z.input<Schema> }
      : Partial<z.input<Schema>> extends z.input<Schema>
        ? { readonly [Key in Part]?: z.input<Schema> }
        : { readonly [Key in Part]: z.input<Schema> }
    : { readonly [Key in Part]?: never };

type Params<Name extends string> = [ParamName<Name>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<ParamName<Name>, string>> };

type ParamName<Path extends string> = Path extends `${string}/:${infer Rest}`
  ? Rest extends `${infer Param}/${infer More}`
    ? Param | ParamName<`/${More}`>
    : Rest
  : never;

type AnswerOf<Described> = Described extends { readonly body: () => infer Schema extends z.core.$ZodType }
  ? z.output<Schema>
  : Described extends { readonly type: string }
    ? string
    : undefined;
