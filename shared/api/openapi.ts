/**
 * The OpenAPI document of a table of routes, made from the schemas that validate.
 *
 * Shape   routes + where they are served -> an OpenAPI 3.1 document, as plain JSON
 * Errors  none for schemas of JSON; zod throws for one that has no JSON Schema
 * Cost    a few milliseconds: made when it is asked for
 * Source  OpenAPI Specification 3.1.1; JSON Schema 2020-12
 */

import * as z from 'zod/mini';
import { type Json, operationOf, schemaNames } from './openapi-operation.ts';
import { PROBLEM } from './problem.ts';
import { placeOf, type RouteTable } from './route.ts';

export interface DocumentOptions {
  /** What stands before every path. */
  readonly base: string;
  readonly version: string;
}

export function createOpenApi(routes: RouteTable, { base, version }: DocumentOptions): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, route] of Object.entries(routes)) {
    const { method, path } = placeOf(name);
    const template = path.replace(/:(\w+)(\{.*?\})?/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operationOf(path, route) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Headrace', version, description: DESCRIPTION, license: LICENSE },
    servers: [{ url: base || '/', description: 'This edge' }],
    tags: [...new Set(Object.values(routes).map(({ group }) => group))].map(name => ({ name })),
    paths,
    components: { schemas: componentsOf(routes), securitySchemes: SECURITY },
  };
}

const DESCRIPTION =
  'The edge’s own API. Everything else below this host is the origin’s. Errors are problem details (RFC 9457) with a stable code.';
const LICENSE = { name: 'MIT', identifier: 'MIT' };
const SECURITY = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description: 'ADMIN_TOKEN, or one of its two while they are rotated.',
  },
};

function componentsOf(routes: RouteTable): Record<string, Json> {
  const named = Object.values(routes).flatMap(route => schemaNames(route));
  const schemas = named.map(({ name, schema, io }) => [name, jsonSchemaOf(schema(), io)] as const);
  return { Problem: jsonSchemaOf(PROBLEM(), 'output'), ...Object.fromEntries(schemas) };
}

function jsonSchemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const {
    $schema: _,
    $defs,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    override: ({ jsonSchema }) => simplify(jsonSchema, io),
  });
  return ($defs ? withoutRecursion(json) : json) as Json;
}

/** What refers to itself is any JSON (`z.json()`): its definition would lie where the whole document has none. */
function withoutRecursion(json: object): object {
  return JSON.parse(JSON.stringify(json), (_, value) => (value?.$ref?.startsWith('#/$defs/') ? {} : value));
}

/** Without what says nothing to a reader. Answers may grow: no client shall refuse a member that it does not know. */
function simplify(schema: z.core.JSONSchema.BaseSchema, io: 'input' | 'output'): void {
  if (schema.format) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (io === 'output' && schema.properties) delete schema.additionalProperties;
}
