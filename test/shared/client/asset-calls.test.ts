import { expect, expectTypeOf, it } from 'vitest';
import { createClient, HeadraceApiError } from '../../../shared/client/client.ts';

const upload = { key: 'uploads/cat.png', contentType: 'image/png', maxBytes: 100 } as const;

function answering(status: number, body: object) {
  const asked: { readonly url: string; readonly body: unknown }[] = [];
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  const fetch = async (url: unknown, init?: RequestInit) => {
    asked.push({ url: String(url), body: JSON.parse(String(init?.body)) });
    return Response.json(body, { status, headers: { 'content-type': type } });
  };
  return { asked, client: createClient({ url: 'https://edge.test/base', token: 't', fetch }) };
}

it('asks the edge for one upload, and hands over what it signed', async () => {
  const signed = {
    method: 'POST',
    key: upload.key,
    url: 'https://b.test/',
    fields: { key: 'k' },
    expiresAt: 1,
  };
  const { asked, client } = answering(200, signed);
  expect(await client.assets.presign(upload)).toEqual(signed);
  expect(asked).toEqual([{ url: 'https://edge.test/base/api/admin/assets/presign', body: upload }]);
});

it('tells by its code what the edge does not sign', async () => {
  const { client } = answering(400, { code: 'ASSET_TYPE_ACTIVE', title: 'no', status: 400 });
  const refused = await client.assets.presign({ ...upload, contentType: 'text/html' }).catch(error => error);
  expect(refused).toBeInstanceOf(HeadraceApiError);
  expect(refused).toMatchObject({ code: 'ASSET_TYPE_ACTIVE', status: 400 });
});

it('is typed by the table of routes', () => {
  type Assets = ReturnType<typeof createClient>['assets'];
  type Body = Parameters<Assets['presign']>[0];
  expectTypeOf(upload).toExtend<Body>();
  expectTypeOf<{ key: string }>().not.toExtend<Body>();
  expectTypeOf<{ key: string; contentType: string; method: 'DELETE' }>().not.toExtend<Body>();
  expectTypeOf<Awaited<ReturnType<Assets['presign']>>['url']>().toEqualTypeOf<string>();
});
