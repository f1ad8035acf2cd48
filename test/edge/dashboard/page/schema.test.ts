import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOpenApi } from '../../../../shared/api/openapi.ts';
import { ROUTES } from '../../../../shared/api/routes.ts';
import { ROOT } from '../../../rules/modules.ts';

/** A browser's module: it has no types. */
const { exampleOf, resolve, typeOf } = await import(join(ROOT, 'edge/dashboard/page/schema.js'));

describe('a schema', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'date-time' }, 'date-time'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: true, type: 'boolean' }, 'true'],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
    [{ type: 'array', items: { type: 'array', items: { type: 'integer' } } }, 'integer[][]'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, '{ [name]: string }'],
    [{ type: 'object', properties: {}, additionalProperties: false }, 'object'],
    [{}, 'anything'],
    [undefined, 'anything'],
  ])('%j is %s', (schema, words) => {
    expect(typeOf(schema)).toBe(words);
  });

  it.each([
    [
      { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['b'] },
      { b: 1 },
    ],
    [{ type: 'object', properties: { a: { type: 'array', items: { type: 'string' } }, b: {} } }, { a: [''] }],
    [{ default: 7, type: 'integer' }, 7],
    [{ anyOf: [{ const: 'x' }, { type: 'null' }] }, 'x'],
    [{ type: 'null' }, null],
  ])('%j begins with %j', (schema, example) => {
    expect(exampleOf(schema, {})).toEqual(example);
  });
});

it('every body of the API has an example that its own schema knows', () => {
  const api = JSON.parse(JSON.stringify(createOpenApi(ROUTES(), { base: '', version: '1' })));
  const bodies = Object.keys(api.components.schemas).filter(name => name.endsWith('Body'));
  expect(bodies.length).toBeGreaterThan(1);
  for (const name of bodies) {
    const schema = resolve({ $ref: `#/components/schemas/${name}` }, api);
    const example = exampleOf(schema, api);
    expect(example, name).toBeTypeOf('object');
    if (schema.properties)
      expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(example)));
  }
});
