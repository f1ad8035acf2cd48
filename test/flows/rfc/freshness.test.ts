import { inSeconds, runCases, twice } from './case.ts';

runCases('Age (RFC 9111 §5.1)', [
  twice('younger than its lifetime', { 'cache-control': 'max-age=3600', age: '1800' }, true),
  twice('as old as its lifetime', { 'cache-control': 'max-age=3600', age: '3600' }, false),
  twice('older', { 'cache-control': 'max-age=3600', age: '7200' }, false),
  twice('older than s-maxage', { 'cache-control': 's-maxage=3600', age: '7200' }, false),
  twice('older than Expires allows', { expires: inSeconds(3600), age: '7200' }, false),
  twice('the first of two counts: fresh', { 'cache-control': 'max-age=3600', age: ['0', '7200'] }, true),
  twice('the first of two counts: stale', { 'cache-control': 'max-age=3600', age: ['7200', '0'] }, false),
  twice('the first of a list counts: fresh', { 'cache-control': 'max-age=3600', age: '0, 7200' }, true),
  twice('the first of a list counts: stale', { 'cache-control': 'max-age=3600', age: '7200, 0' }, false),
  twice('of 2147483648 seconds', { 'cache-control': 'max-age=3600', age: '2147483648' }, false),
  twice('of 99999999999 seconds', { 'cache-control': 'max-age=3600', age: '99999999999' }, false),
  ...['-7200', '7200.0', '7200a', 'a7200', '"7200"', '0x1c20', '7 200', '7200;a=b', 'x'].map(age =>
    twice(`that is no number of seconds is ignored: ${age}`, { 'cache-control': 'max-age=3600', age }, true),
  ),
]);

runCases('max-age and s-maxage (RFC 9111 §4.2.1, §5.2.2)', [
  twice('nothing said', {}, false),
  twice('max-age', { 'cache-control': 'max-age=3600' }, true),
  twice('max-age=0', { 'cache-control': 'max-age=0' }, false),
  twice('s-maxage over a shorter max-age', { 'cache-control': 'max-age=0, s-maxage=3600' }, true),
  twice('s-maxage under a longer max-age', { 'cache-control': 'max-age=3600, s-maxage=0' }, false),
  twice('max-age over a past Expires', { 'cache-control': 'max-age=3600', expires: inSeconds(-3600) }, true),
  twice('max-age under a future Expires', { 'cache-control': 'max-age=0', expires: inSeconds(3600) }, false),
  twice('max-age beside an invalid Expires', { 'cache-control': 'max-age=3600', expires: '0' }, true),
  twice('in capitals', { 'cache-control': 'MAX-AGE=3600' }, true),
  twice('after an unknown directive', { 'cache-control': 'foobar, max-age=3600' }, true),
  twice('after an unknown directive with a value', { 'cache-control': 'foo=bar, max-age=3600' }, true),
  twice('after a quoted one that looks like it', { 'cache-control': 'foo="max-age=0", max-age=3600' }, true),
  twice('inside a quoted string alone', { 'cache-control': 'foo="bar, max-age=3600"' }, false),
  twice('a name that only ends like it', { 'cache-control': 'x-max-age=3600' }, false),
  twice('without spaces', { 'cache-control': 'foo,max-age=3600' }, true),
  twice('with tabs and empty members', { 'cache-control': ',,\tfoo,\t, max-age=3600,' }, true),
  twice('on a second line', { 'cache-control': ['foo', 'max-age=3600'] }, true),
  twice('with leading zeros', { 'cache-control': 'max-age=003600' }, true),
  twice('quoted', { 'cache-control': 'max-age="3600"' }, true),
  twice('larger than 2^31', { 'cache-control': 'max-age=99999999999' }, true),
  twice('exactly 2^31', { 'cache-control': 'max-age=2147483648' }, true),
  ...['-3600', '3600a', 'a3600', '3600.5', "'3600'", '', '"3600', '3600 60', ' '].map(value =>
    twice(`not a number: ${value}`, { 'cache-control': `max-age=${value}` }, false),
  ),
  twice('twice, of which one is 0', { 'cache-control': 'max-age=3600, max-age=0' }, false),
  twice('twice on two lines, of which one is 0', { 'cache-control': ['max-age=0', 'max-age=3600'] }, false),
]);

const dated = (value: string) => ({ date: inSeconds(0), expires: value });
const future = new Date(Date.now() + 86_400_000 * 30);
const [weekday, day, month, year, time] = future.toUTCString().replace(',', '').split(' ') as [
  string,
  string,
  string,
  string,
  string,
];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const longDay = LONG_DAYS[future.getUTCDay()];
const paddedDay = String(Number(day)).padStart(2);

runCases('Expires (RFC 9111 §5.3, RFC 9110 §5.6.7)', [
  twice('in the future', dated(inSeconds(3600)), true),
  twice('in the past', dated(inSeconds(-3600)), false),
  twice('now', dated(inSeconds(0)), false),
  twice('later than an old Date', { date: inSeconds(-7200), expires: inSeconds(-3600) }, true),
  twice('earlier than a Date to come', { date: inSeconds(7200), expires: inSeconds(3600) }, false),
  twice('without Date', { expires: inSeconds(3600) }, true),
  twice('0', dated('0'), false),
  twice('no date', dated('tomorrow'), false),
  twice('twice', { expires: [inSeconds(3600), inSeconds(3600)] }, false),
  twice('as RFC 850 wrote it', dated(`${longDay}, ${day}-${month}-${year.slice(2)} ${time} GMT`), true),
  twice('as asctime wrote it', dated(`${weekday} ${month} ${paddedDay} ${time} ${year}`), true),
  twice('in small letters', dated(future.toUTCString().toLowerCase()), true),
  twice('in another zone', dated(future.toUTCString().replace('GMT', 'AEST')), false),
  twice('in UTC by name', dated(future.toUTCString().replace('GMT', 'UTC')), false),
  twice('without its comma', dated(future.toUTCString().replace(',', '')), false),
  twice('with two spaces', dated(future.toUTCString().replace(', ', ',  ')), false),
  twice('with dashes', dated(`${weekday}, ${day}-${month}-${year} ${time} GMT`), false),
  twice('with a one-digit hour', dated(`${weekday}, ${day} ${month} ${year} 1:02:03 GMT`), false),
  twice('with dots in its time', dated(future.toUTCString().replaceAll(':', '.')), false),
  twice('as ISO 8601', dated(future.toISOString()), false),
]);

const HEURISTIC = [200, 203, 204, 300, 301, 308];
const NOT_HEURISTIC = [201, 202, 299, 302, 303, 307, 403, 500, 502, 503, 504, 599];
const old = { 'last-modified': inSeconds(-86_400 * 30) };
const answered = (status: number, headers: Record<string, string>) => ({
  origin: { status, headers, ...(status !== 204 && { body: 'page' }) },
  served: false,
});

runCases('heuristic freshness (RFC 9111 §4.2.2)', [
  ...HEURISTIC.map(status => [`${status}`, answered(status, old), { served: true }] as const),
  ...NOT_HEURISTIC.map(status => [`${status}`, answered(status, old), { served: false }] as const),
  ...[404, 405, 410, 414, 501].map(
    status => [`${status}`, answered(status, old), { served: { safe: false, strict: true } }] as const,
  ),
  ['201 that is public', answered(201, { ...old, 'cache-control': 'public' }), { served: true }],
  twice('without Last-Modified', { 'cache-control': 'public' }, false),
  twice('a change to come', { 'last-modified': inSeconds(3600) }, false),
  twice('no lifetime of its own beside max-age=0', { ...old, 'cache-control': 'max-age=0' }, false),
  twice('none beside an invalid Expires', { ...old, expires: '0' }, false),
]);

const ANY_FINAL = [200, 203, 204, 299, 301, 302, 303, 307, 308, 400, 404, 410, 499, 500, 502, 503, 504, 599];

runCases('any final status with a lifetime (RFC 9111 §3)', [
  ...ANY_FINAL.map(
    status =>
      [`${status}`, answered(status, { 'cache-control': 'max-age=3600' }), { served: true, status }] as const,
  ),
  ...ANY_FINAL.map(
    status =>
      [
        `${status}, stale`,
        answered(status, { 'cache-control': 'max-age=3600', age: '7200' }),
        { served: false },
      ] as const,
  ),
  ...[405, 406, 415, 416, 417, 426, 431].map(
    status =>
      [
        `${status}, which one odd request provokes`,
        answered(status, { 'cache-control': 'max-age=3600' }),
        { served: { safe: false, strict: true }, status },
      ] as const,
  ),
  [
    '206 unasked',
    answered(206, { 'cache-control': 'max-age=3600', 'content-range': 'bytes 0-3/9' }),
    { served: false },
  ],
  [
    'a stale 503 does not stand in for the next one',
    answered(503, { 'cache-control': 'max-age=3600', age: '3700', etag: '"a"' }),
    { origin: { status: 503, body: 'newer' }, served: false, body: 'newer' },
  ],
]);
