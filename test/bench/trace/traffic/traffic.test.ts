import { describe, expect, test } from 'vitest';
import { readAccessLog } from './access-log.ts';
import { readHar } from './har.ts';
import { TrafficError, trafficOf } from './traffic.ts';

const HOST = 'www.example.com';

describe('a HAR', () => {
  const har = (...requests: readonly object[]) =>
    JSON.stringify({ log: { version: '1.2', entries: requests.map(request => ({ request })) } });
  const get = (url: string, headers: readonly object[] = []) => ({ method: 'GET', url, headers });

  test('is replayed in its order, path and query as they were', () => {
    const read = readHar(har(get('https://www.example.com/a?b=%20c'), get('https://www.example.com/')), HOST);
    expect(read).toEqual([
      { method: 'GET', path: '/a?b=%20c', headers: {} },
      { method: 'GET', path: '/', headers: {} },
    ]);
  });

  test('gives up what a page may vary by, and keeps every secret', () => {
    const headers = [
      { name: 'Accept', value: 'text/html' },
      { name: 'Accept-Language', value: 'de' },
      { name: 'Cookie', value: 'session=secret' },
      { name: 'Authorization', value: 'Bearer secret' },
      { name: ':authority', value: HOST },
    ];
    const [read] = readHar(har(get('https://www.example.com/', headers)), HOST);
    expect(read).toMatchObject({ headers: { accept: 'text/html', 'accept-language': 'de' } });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  test('is read for its own host only, port included, and for what changes nothing', () => {
    const read = readHar(
      har(
        get('https://cdn.example.net/x.js'),
        get('https://www.example.com:8443/'),
        { method: 'POST', url: 'https://www.example.com/cart' },
        get('data:text/css,a'),
        get('not a url'),
      ),
      HOST,
    );
    expect(read).toEqual(['host', 'host', 'method', 'host', 'unreadable']);
  });

  test.each([
    ['text that is no JSON', 'GET / HTTP/1.1', /^is no HAR: it is not JSON$/],
    ['other JSON', '{"entries":[]}', /^is no HAR: log /],
    ['entries without requests', '{"log":{"entries":[{}]}}', /^is no HAR: log\.entries\.0\.request /],
  ])('is told from %s', (_, text, sentence) => {
    expect(() => readHar(text, HOST)).toThrow(TrafficError);
    expect(() => readHar(text, HOST)).toThrow(sentence);
  });
});

describe('an access log', () => {
  const line = (request: string, more = '') =>
    `203.0.113.9 - frank [10/Oct/2026:13:55:36 +0000] "${request}" 200 2326${more}`;

  test('is read in both formats, and one line after the other', () => {
    const combined = ' "https://www.example.com/" "Mozilla/5.0 (X11; \\"x\\")"';
    const log = [line('GET /a?b=1 HTTP/1.1'), '', line('HEAD /c HTTP/2', combined), line('GET /d')].join(
      '\r\n',
    );
    expect(readAccessLog(log, HOST)).toEqual([
      { method: 'GET', path: '/a?b=1', headers: {} },
      { method: 'HEAD', path: '/c', headers: {} },
      { method: 'GET', path: '/d', headers: {} },
    ]);
  });

  test('leaves out what is no request of this host, or would change something', () => {
    const log = [
      line('POST /login HTTP/1.1'),
      line('GET http://other.example/ HTTP/1.1'),
      line('GET http://www.example.com/mine HTTP/1.1'),
      line('CONNECT other.example:443 HTTP/1.1'),
      line('-'),
      line('\\x16\\x03\\x01'),
      'restarted',
      line('GET /ok HTTP/1.1'),
    ].join('\n');
    expect(readAccessLog(log, HOST).map(read => (typeof read === 'string' ? read : read.path))).toEqual([
      'method',
      'host',
      '/mine',
      'unreadable',
      'unreadable',
      'unreadable',
      'unreadable',
      '/ok',
    ]);
  });

  test('is told from any other text', () => {
    expect(() => readAccessLog('hello\nworld', HOST)).toThrow(/^is no access log/);
    expect(() => readAccessLog('', HOST)).toThrow(TrafficError);
  });
});

describe('traffic', () => {
  const request = { method: 'GET', path: '/', headers: {} } as const;

  test('is bounded, and counts what it leaves out', () => {
    const traffic = trafficOf([request, 'method', request, 'host', request, 'host', 'unreadable'], 2);
    expect(traffic.requests).toHaveLength(2);
    expect(traffic.leftOut).toEqual({ method: 1, host: 2, unreadable: 1 });
  });

  test('of nothing to replay says why', () => {
    expect(() => trafficOf(['method', 'host', 'host'], 9)).toThrow(
      'holds no GET or HEAD request to replay (left out: 1 of other methods, 2 for other hosts, 0 unreadable)',
    );
  });
});
