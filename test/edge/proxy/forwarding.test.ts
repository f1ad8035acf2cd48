import { describe, expect, test } from 'vitest';
import { facetFields, isWebSocket, passingFields } from '../../../edge/proxy/forwarding.ts';
import { cacheable, namesOf, passing, planOf } from '../exchange.ts';

const FACTS = ['cdn-loop', 'via', 'x-forwarded-host', 'x-forwarded-proto'];

describe('on a cacheable request', () => {
  const sorted = (headers: Record<string, string>, plan = planOf()) =>
    cacheable({ headers }, plan).forwarding;
  const forwarding = (headers: Record<string, string>, plan = planOf()) => {
    const { fields, quiet, unknown } = sorted(headers, plan);
    return { fields: fields(), quiet: quiet(), unknown };
  };

  test('sends what is harmless and what Headrace knows', () => {
    const { fields, unknown } = forwarding({ accept: '*/*', cookie: 'a=1', 'user-agent': 'me' });
    expect(namesOf(fields)).toEqual(['accept', 'cookie', ...FACTS].sort());
    expect(unknown).toEqual([]);
  });

  test('keeps what is quiet at hand', () => {
    const { quiet, fields } = forwarding({ 'accept-language': 'de', dnt: '1' });
    expect(namesOf(quiet)).toEqual(['accept-language', 'dnt']);
    expect(namesOf(fields)).toEqual(FACTS);
  });

  test('sends the unknown and names it', () => {
    const { fields, unknown } = forwarding({ 'x-strange': '1' });
    expect(namesOf(fields)).toEqual([...FACTS, 'x-strange']);
    expect(unknown).toEqual(['x-strange']);
  });

  test('an Accept with words of the client’s own is unknown, unless it is keyed or promised', () => {
    const unknown = (plan = planOf()) => sorted({ accept: 'evil/marker, */*' }, plan).unknown;
    expect(unknown()).toEqual(['accept']);
    expect(unknown(planOf({}, { FORWARD_HEADERS: 'accept' }))).toEqual([]);
    expect(unknown(planOf({ routes: [{ match: '/*', key: { headers: ['Accept'] } }] }))).toEqual([]);
    expect(sorted({ accept: 'text/html, */*' }).unknown).toEqual([]);
  });

  test('of Cache-Control go the words that everybody knows, unless it is promised', () => {
    const sent = (value: string, plan = planOf()) =>
      sorted({ 'cache-control': value }, plan)
        .fields()
        .filter(([name]) => name === 'cache-control');
    expect(sent('max-age=0, evil')).toEqual([['cache-control', 'max-age=0']]);
    expect(sent('evil')).toEqual([]);
    const promised = planOf({}, { FORWARD_HEADERS: 'cache-control' });
    expect(sent('evil', promised)).toEqual([['cache-control', 'evil']]);
  });

  test('of Pragma goes what it can mean', () => {
    expect(forwarding({ pragma: 'evil, no-cache' }).fields).toContainEqual(['pragma', 'no-cache']);
    expect(namesOf(forwarding({ pragma: 'evil' }).fields)).toEqual(FACTS);
  });

  test('normalises Accept-Encoding and makes none up', () => {
    expect(forwarding({ 'accept-encoding': 'GZIP, br;q=0.1' }).fields).toContainEqual([
      'accept-encoding',
      'br, gzip',
    ]);
    expect(namesOf(forwarding({}).fields)).toEqual(FACTS);
  });

  test('sends no condition, no range, no length of the client’s', () => {
    const headers = {
      'if-none-match': '"a"',
      'if-modified-since': 'x',
      'content-length': '5',
      expect: '100-continue',
    };
    expect(namesOf(forwarding(headers).fields)).toEqual(FACTS);
  });

  test('every field that was sent or held back may tell variants apart', () => {
    const facets = facetFields(sorted({ accept: 'a', 'accept-language': 'de', 'x-strange': '1' }));
    expect(namesOf(facets)).toEqual(['accept', 'accept-language', ...FACTS, 'x-strange']);
  });
});

describe('on any other request', () => {
  const sent = (headers: Record<string, string>, plan = planOf()) =>
    passingFields(passing({ method: 'POST', headers }, plan));

  test('loses the connection’s fields, the overrides, Host and Expect', () => {
    const headers = {
      connection: 'x-hop',
      'x-hop': '1',
      te: 'trailers',
      host: 'h',
      expect: '100-continue',
      'x-real-ip': '6.6.6.6',
      a_b: '1',
    };
    expect(namesOf(sent({ ...headers, 'user-agent': 'me' }))).toEqual([...FACTS, 'user-agent'].sort());
  });

  test('carries the client’s conditions', () => {
    expect(sent({ 'if-match': '"a"' })).toContainEqual(['if-match', '"a"']);
  });

  test('writes the facts itself', () => {
    const fields = sent({ 'x-forwarded-host': 'evil', 'x-forwarded-proto': 'gopher' });
    expect(fields).toContainEqual(['x-forwarded-host', 'shop.example']);
    expect(fields).toContainEqual(['x-forwarded-proto', 'http']);
    expect(namesOf(fields)).toEqual(FACTS);
  });

  test('leaves a fact to whoever stands in front when the operator says so', () => {
    const plan = planOf({}, { FORWARD_HEADERS: 'x-forwarded-proto' });
    expect(sent({ 'x-forwarded-proto': 'https' }, plan)).toContainEqual(['x-forwarded-proto', 'https']);
    expect(sent({}, plan)).toContainEqual(['x-forwarded-proto', 'http']);
    expect(cacheable({ headers: { 'x-forwarded-proto': 'https' } }, plan).forwarding.fields()).toEqual(
      expect.arrayContaining([['x-forwarded-proto', 'https']]),
    );
  });

  test('asks on for a WebSocket', () => {
    const fields = passingFields(passing({ headers: { connection: 'Upgrade', upgrade: 'websocket' } }));
    expect(fields).toContainEqual(['upgrade', 'websocket']);
  });
});

test.each([
  ['GET', 'websocket', true],
  ['GET', ' WebSocket ', true],
  ['GET', 'h2c', false],
  ['POST', 'websocket', false],
] as const)('%s with Upgrade: %s asks for a WebSocket: %s', (method, upgrade, asks) => {
  expect(isWebSocket({ method, fields: [['upgrade', upgrade]] })).toBe(asks);
});
