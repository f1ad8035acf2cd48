import { AwsV4Signer } from 'aws4fetch';
import { expect, test } from 'vitest';
import { createAskFunction } from '../../../edge/images/ask-function.ts';
import { imagePlanOf } from '../../../edge/images/image-plan.ts';
import { planOf } from '../exchange.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const URL_OF_FUNCTION = 'https://abc.lambda-url.eu-central-1.on.aws';
const TARGET = '/images/width=640,format=png/a%20b.jpg';

async function asked(headers: Record<string, string> = {}) {
  const sent: { url: string; init: RequestInit }[] = [];
  const ask = createAskFunction({
    credentials,
    region: 'eu-central-1',
    clock: () => Date.UTC(2026, 0, 1),
    fetch: async (url, init) => {
      sent.push({ url, init });
      return new Response('picture');
    },
  });
  const origin = imagePlanOf(planOf(), URL_OF_FUNCTION).origins.get('images');
  if (!origin) throw new Error('the plan has no origin for images');
  await ask({
    origin,
    clientHost: 'shop.test',
    target: TARGET,
    method: 'GET',
    headers: new Headers(headers),
    body: null,
    signal: new AbortController().signal,
  });
  const [first] = sent;
  if (!first) throw new Error('nothing was sent');
  return { ...first, headers: new Headers(first.init.headers) };
}

test('the request is signed for lambda, over all that is sent', async () => {
  const { url, init, headers } = await asked({ 'if-none-match': '"1"' });
  expect(url).toBe(URL_OF_FUNCTION + TARGET);
  const again = new AwsV4Signer({
    ...credentials,
    url,
    region: 'eu-central-1',
    service: 'lambda',
    datetime: '20260101T000000Z',
    headers: { 'if-none-match': '"1"', 'x-headrace-image': TARGET },
  });
  expect(headers.get('authorization')).toBe((await again.sign()).headers.get('authorization'));
  expect(init.redirect).toBe('manual');
});

test('what a network might add to or change is not sent, so the signature holds', async () => {
  const { headers } = await asked({
    via: '1.1 x',
    'accept-encoding': 'br',
    'cdn-loop': 'x',
    traceparent: '00-1',
  });
  const own = [...headers.keys()].filter(name => !/^(authorization|host|x-amz-.*)$/.test(name));
  expect(own.toSorted()).toEqual(['traceparent', 'x-headrace-image']);
});
