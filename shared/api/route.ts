/**
 * What is said of one route of Headrace's own HTTP API: enough to validate with, to document it and to type a client.
 *
 * Schemas are functions, so that a Worker that answers a page builds none of them.
 *
 * Shape   'POST /api/admin/cache/purge' -> RouteDescription
 */

import type * as z from 'zod/mini';

export type Schema = () => z.core.$ZodType;

export type RouteName = `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;

export interface RouteDescription {
  /** Stable: generated clients name their functions by it. */
  readonly id: string;
  readonly group: 'Cache' | 'Performance' | 'Jobs' | 'Images' | 'Assets' | 'Scaling' | 'Documents';
  /** One line, as a person would say what the route is for. */
  readonly summary: string;
  /** What the summary leaves out. */
  readonly details?: string;
  /** `token`: Authorization: Bearer with the admin token; its refusals need not be listed. */
  readonly access: 'everyone' | 'token';
  /** Objects with a member for each parameter; what stands in the path is a text where no schema says more. */
  readonly path?: Schema;
  readonly query?: Schema;
  readonly headers?: Schema;
  readonly body?: Schema;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  readonly problems?: readonly ApiProblem[];
}

export interface Answer {
  readonly says: string;
  /** Absent: there is no body, or it is no JSON. */
  readonly body?: Schema;
  /** What the document calls the body, where several answers have the same: one type in clients that are generated. */
  readonly name?: string;
  /** @default 'application/json' where there is a body */
  readonly type?: string;
}

export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  /** When it happens, and what to do about it. */
  readonly says: string;
}

export type RouteTable = Readonly<Record<RouteName, RouteDescription>>;

export interface RoutePlace {
  readonly method: string;
  readonly path: string;
}

export function placeOf(name: string): RoutePlace {
  const space = name.indexOf(' ');
  return { method: name.slice(0, space), path: name.slice(space + 1) };
}
