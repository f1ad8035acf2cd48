import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createOpenApi } from '../../../shared/api/openapi.ts';
import type { RouteTable } from '../../../shared/api/route.ts';
import { ROUTES } from '../../../shared/api/routes.ts';

const TABLE: RouteTable = {
  'GET /things': {
    id: 'listThings',
    group: 'Jobs',
    summary: 'All things',
    access: 'everyone',
    query: () => z.object({ page: z.int().optional().describe('From 1.'), kind: z.enum(['a', 'b']) }),
    answers: { 200: { says: 'A list.', body: () => z.array(z.string()) } },
  },
  'POST /things/:id': {
    id: 'changeThing',
    group: 'Jobs',
    summary: 'Change one',
    access: 'token',
    headers: () => z.object({ 'Idempotency-Key': z.string().optional() }),
    body: () => z.strictObject({ name: z.string().default('none'), size: z.int() }),
    answers: {
      200: { says: 'As it is.', body: () => z.object({ name: z.string() }) },
      202: { says: 'To come.', body: () => z.object({ at: z.iso.datetime() }) },
      204: { says: 'Nothing.' },
    },
    problems: [
      { status: 409, code: 'THING_BUSY', says: 'Later.' },
      { status: 409, code: 'THING_GONE', says: 'Never.' },
    ],
  },
};

const document = (routes: RouteTable = TABLE) =>
  JSON.parse(JSON.stringify(createOpenApi(routes, { base: '/edge', version: '1.2.3' })));

describe('the document of a table', () => {
  const { paths, components, servers, info } = document();

  it('says where it is served, and which version', () => {
    expect([servers[0].url, info.version]).toEqual(['/edge', '1.2.3']);
  });

  it('has a parameter for each member of a query, and for each part of a path', () => {
    expect(paths['/things'].get.parameters).toEqual([
      {
        name: 'page',
        in: 'query',
        required: false,
        description: 'From 1.',
        schema: expect.objectContaining({ type: 'integer' }),
      },
      { name: 'kind', in: 'query', required: true, schema: { type: 'string', enum: ['a', 'b'] } },
    ]);
    expect(
      paths['/things/{id}'].post.parameters.map(({ name, in: place, required }: never) => [
        name,
        place,
        required,
      ]),
    ).toEqual([
      ['id', 'path', true],
      ['Idempotency-Key', 'header', false],
    ]);
  });

  it('has one schema where several answers have the same name', () => {
    const same = { says: 'It.', body: () => z.object({ name: z.string() }), name: 'Thing' };
    const route = { ...TABLE['GET /things'], answers: { 200: same, 202: same } } as RouteTable['GET /x'];
    const { paths, components } = document({ 'GET /things': route as never });
    const refs = [200, 202].map(
      status => paths['/things'].get.responses[status].content['application/json'].schema.$ref,
    );
    expect(refs).toEqual(['#/components/schemas/Thing', '#/components/schemas/Thing']);
    expect(Object.keys(components.schemas)).toEqual(['Problem', 'Thing']);
  });

  it('takes what the schema takes, and answers what it makes of it', () => {
    const { ChangeThingBody, ChangeThingAnswer200, ChangeThingAnswer202, ListThingsAnswer } =
      components.schemas;
    expect(ChangeThingBody).toMatchObject({ required: ['size'], additionalProperties: false });
    expect(ChangeThingAnswer200).toEqual({
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
    });
    expect(ChangeThingAnswer202.properties.at).toEqual({ type: 'string', format: 'date-time' });
    expect(ListThingsAnswer).toEqual({ type: 'array', items: { type: 'string' } });
  });

  it('names the codes of each status', () => {
    const { responses, security } = paths['/things/{id}'].post;
    const codesOf = (status: number) =>
      responses[status].content['application/problem+json'].schema.properties.code.enum;
    expect(codesOf(409)).toEqual(['THING_BUSY', 'THING_GONE']);
    expect(codesOf(401)).toEqual(['ADMIN_TOKEN_WRONG', 'ADMIN_CLOSED']);
    expect(responses[204]).toEqual({ description: 'Nothing.' });
    expect(security).toEqual([{ token: [] }]);
  });

  it('asks no token where none is needed', () => {
    const { security, responses } = paths['/things'].get;
    expect([security, 401 in responses]).toEqual([[], false]);
  });

  it('is what OpenAPI 3.1 allows', async () => {
    expect(await new Validator().validate(document())).toMatchObject({ valid: true });
  });
});

describe('the document of the edge', () => {
  it('is what OpenAPI 3.1 allows', async () => {
    expect(await new Validator().validate(document(ROUTES()))).toMatchObject({ valid: true });
  });

  it('refers to nothing that it does not hold', () => {
    const whole = document(ROUTES());
    const names = [...JSON.stringify(whole).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(names.filter(name => !(String(name) in whole.components.schemas))).toEqual([]);
    expect(JSON.stringify(whole)).not.toContain('$defs');
  });
});

it('the validator can refuse', async () => {
  expect(await new Validator().validate({ ...document(), paths: 7 })).toMatchObject({ valid: false });
});
