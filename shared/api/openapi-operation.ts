/**
 * One route as an OpenAPI operation: its parameters, its body, and its answers, with the problem codes of each status.
 *
 * Shape   path + route -> an operation object that names its schemas; schemaNames() gives those
 * Source  OpenAPI Specification 3.1.1, Operation Object
 */

import * as z from 'zod/mini';
import { COMMON_PROBLEMS, TOKEN_PROBLEMS } from './problem.ts';
import type { Answer, ApiProblem, RouteDescription, Schema } from './route.ts';

export type Json = { readonly [name: string]: unknown };

export function operationOf(path: string, route: RouteDescription): Json {
  const parameters = [
    ...pathParameters(path, route),
    ...listed(route.query, 'query'),
    ...listed(route.headers, 'header'),
  ];
  return {
    operationId: route.id,
    tags: [route.group],
    summary: route.summary,
    ...(route.details && { description: route.details }),
    security: route.access === 'token' ? [{ token: [] }] : [],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && { requestBody: { required: true, content: json(bodyName(route)) } }),
    responses: { ...answersOf(route), ...problemsOf(route) },
  };
}

export interface NamedSchema {
  readonly name: string;
  readonly schema: Schema;
  readonly io: 'input' | 'output';
}

export function schemaNames(route: RouteDescription): readonly NamedSchema[] {
  const answers = Object.entries(route.answers).flatMap(
    ([status, { body, name = answerName(route, status) }]) =>
      body ? [{ name, schema: body, io: 'output' as const }] : [],
  );
  return route.body ? [{ name: bodyName(route), schema: route.body, io: 'input' }, ...answers] : answers;
}

function bodyName({ id }: RouteDescription): string {
  return `${capital(id)}Body`;
}

/** Named by the status only where there are several. */
function answerName({ id, answers }: RouteDescription, status: string): string {
  const withBody = Object.values(answers).filter(({ body }) => body);
  return `${capital(id)}Answer${withBody.length > 1 ? status : ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pathParameters(path: string, route: RouteDescription): Json[] {
  if (route.path) return listed(route.path, 'path');
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  return names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

/** A parameter for each member of an object's schema. */
function listed(schema: Schema | undefined, place: 'path' | 'query' | 'header'): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema(), { io: 'input' });
  return Object.entries(properties).map(([name, member]) => {
    const { description, ...rest } = member as { description?: string };
    return {
      name,
      in: place,
      required: required.includes(name),
      ...(description && { description }),
      schema: rest,
    };
  });
}

function answersOf(route: RouteDescription): Json {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      answerOf(answer, answerName(route, status)),
    ]),
  );
}

function answerOf({ says, body, type, name }: Answer, standard: string): Json {
  if (body) return { description: says, content: json(name ?? standard, type) };
  return type
    ? { description: says, content: { [type]: { schema: { type: 'string' } } } }
    : { description: says };
}

function json(name: string, type = 'application/json'): Json {
  return { [type]: { schema: { $ref: `#/components/schemas/${name}` } } };
}

function problemsOf({ access, answers, problems = [] }: RouteDescription): Json {
  const all = [...problems, ...(access === 'token' ? TOKEN_PROBLEMS : []), ...COMMON_PROBLEMS];
  const byStatus = Map.groupBy(all, ({ status }) => status);
  const entries = [...byStatus].filter(([status]) => !(status in answers));
  return Object.fromEntries(entries.map(([status, some]) => [status, problemOf(some)]));
}

function problemOf(problems: readonly ApiProblem[]): Json {
  const codes = problems.map(({ code }) => code);
  const schema = {
    $ref: '#/components/schemas/Problem',
    properties: { code: { type: 'string', enum: codes } },
  };
  return {
    description: problems.map(({ code, says }) => `\`${code}\`: ${says}`).join('\n\n'),
    content: { 'application/problem+json': { schema } },
  };
}
