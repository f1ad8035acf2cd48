/**
 * Where Headrace does other than the RFCs or a test suite could expect, and why. What can be seen from outside is held by
 * test/flows/rfc/deviations.test.ts, so that a line leaves when the behaviour does.
 *
 * Shape   id -> the rule it departs from, in which profiles, and the reason
 */

export interface Deviation {
  readonly rule: string;
  readonly profiles: readonly ('safe' | 'strict' | 'static')[];
  readonly because: string;
  /** Decided by the runtime, not here. */
  readonly by?: 'workerd';
}

const ALL = ['safe', 'strict', 'static'] as const;
const CAREFUL = ['safe', 'static'] as const;

export const KNOWN_DEVIATIONS = {
  'set-cookie': {
    rule: 'RFC 9111 §7.3: Set-Cookie alone does not forbid storing',
    profiles: ALL,
    because: 'One user’s session in everyone’s answer is an account lost; no hit rate is worth that.',
  },
  'error-lifetime': {
    rule: 'RFC 9111 §4.2.1: an explicit lifetime holds for any status',
    profiles: CAREFUL,
    because:
      'An error that one odd request provokes must not stay: 400 and above live at most 10 seconds (CPDoS).',
  },
  'provoked-errors': {
    rule: 'RFC 9111 §3: any final status may be stored',
    profiles: CAREFUL,
    because: '405, 406, 415, 416, 417, 426 and 431 are brought about by single requests (CPDoS).',
  },
  'heuristic-errors': {
    rule: 'RFC 9110 §15.1: 404, 405, 410, 414 and 501 may be given a heuristic lifetime',
    profiles: CAREFUL,
    because: 'Nobody said that an error may stay.',
  },
  'stale-directives': {
    rule: 'RFC 9111 §4.2.4: must-revalidate, proxy-revalidate and s-maxage forbid stale responses',
    profiles: CAREFUL,
    because:
      'A response that says stale-while-revalidate or stale-if-error beside them means it: frameworks send s-maxage with it.',
  },
  cookies: {
    rule: 'RFC 9111 §3: a Cookie in the request does not forbid sharing the response',
    profiles: CAREFUL,
    because: 'Origins that look at cookies often forget to say so: the response has to consent.',
  },
  'unknown-headers': {
    rule: 'RFC 9111 §3, §4: request fields that Vary does not name do not matter',
    profiles: ALL,
    because:
      'A header that is in no key may have shaped the answer (cache poisoning): stored only where Vary names it.',
  },
  'json-apart': {
    rule: 'RFC 9111 §4.1: Accept does not matter unless Vary names it',
    profiles: ALL,
    because:
      'Origins answer by Accept and forget to say so: who wants JSON first and who wants a page never get each other’s.',
  },
  'quiet-headers': {
    rule: 'RFC 9110 §7.6: a proxy forwards fields it does not know',
    profiles: ALL,
    because:
      'What browsers send with every request is held back until a Vary asks for it, or each would have its own variant.',
  },
  'own-directives': {
    rule: 'RFC 9111 §5.2: a proxy passes on cache directives that it does not know',
    profiles: ALL,
    because:
      'On requests whose answer everyone gets they would be a client’s own text in no key; all others carry them on.',
  },
  'others-via': {
    rule: 'RFC 9110 §7.6.3, RFC 8586 §2: what earlier hops wrote into Via and CDN-Loop stays',
    profiles: ALL,
    because:
      'On requests whose answer everyone gets it would be a client’s own text in no key; all others carry it on.',
  },
  'ranges-of-misses': {
    rule: 'RFC 9111 §3.3: parts may be stored and put together',
    profiles: ALL,
    because: 'A part is never stored: replayed as the whole it breaks pages, and the gain is small.',
  },
  'conditions-of-misses': {
    rule: 'RFC 9111 §4.3.2: a client’s condition is passed on where nothing is stored that could meet it',
    profiles: ALL,
    because:
      'The whole is fetched and stored, and the condition met here: else those who have a copy would keep the cache empty.',
  },
  'weak-confirmation': {
    rule: 'RFC 9111 §4.3.4: a strong tag in a 304 selects by strong comparison',
    profiles: ALL,
    because:
      'nginx weakens the tag of a compressed 200 and not that of its 304: such an origin could never be revalidated.',
  },
  'date-confirmation': {
    rule: 'RFC 9111 §4.3.4: a Last-Modified in a 304 selects the stored response that has the same',
    profiles: ALL,
    because:
      'It answers the condition that we sent: where the nodes of an origin disagree on dates, nothing could be revalidated.',
  },
  'age-from-date': {
    rule: 'RFC 9111 §4.2.3: the apparent age is taken from Date',
    profiles: ALL,
    because: 'Allowed where no HTTP/1.0 hop was passed; a wrong clock at the origin then changes nothing.',
  },
  interim: {
    rule: 'RFC 9110 §15.2: 1xx responses precede the final one',
    profiles: ALL,
    because: 'fetch() takes the first response for the final one: it is refused with 502 and never stored.',
    by: 'workerd',
  },
  'dot-segments': {
    rule: 'RFC 9110 §7.7: a proxy does not change the path that it forwards',
    profiles: ALL,
    because:
      'workerd resolves plain /./ and /../ before the Worker is asked; keyed and forwarded is what is left, the same in both.',
    by: 'workerd',
  },
  'cache-methods': {
    rule: 'RFC 9111 §4.4: a method whose safety is unknown invalidates',
    profiles: ALL,
    because:
      'PURGE and BAN are orders to a cache and change no page: anybody could empty this one, where the origin answers them.',
  },
  'unknown-methods': {
    rule: 'RFC 9111 §4.4: the answer to an unknown method invalidates',
    profiles: ALL,
    because:
      'workerd refuses methods it does not know (M-SEARCH among them) with 501 before the Worker is asked.',
    by: 'workerd',
  },
  'status-above-599': {
    rule: 'RFC 9110 §15: a status above 599 is treated as a 5xx',
    profiles: ALL,
    because: 'No Response can be made of it: it is refused with 502.',
    by: 'workerd',
  },
} as const satisfies Record<string, Deviation>;

export type DeviationId = keyof typeof KNOWN_DEVIATIONS;
