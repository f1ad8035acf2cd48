/**
 * W3C Trace Context: a request's own is continued under a new parent, one that is wrong is replaced by a new one.
 *
 * Shape   traceparent, tracestate -> Trace; Trace -> the two fields for whoever is asked next
 * Errors  none (total): what is not to the letter is as if it had not come
 * Source  W3C Trace Context §3.2, §3.3, §4; of a version to come the four parts that are known
 */

/** Of one request, in its response too: never for another. */
export const TRACE_FIELDS = ['traceparent', 'tracestate', 'traceresponse'] as const;

export interface Trace {
  /** 32 hex digits, the same for all that one request caused. */
  readonly traceId: string;
  /** 16 hex digits: this request's part in it. */
  readonly spanId: string;
  /** Whose part caused this one; absent where it began here. */
  readonly parentId?: string;
  readonly isSampled: boolean;
  readonly state?: string;
}

export interface TraceFields {
  readonly traceparent: string | undefined;
  readonly tracestate: string | undefined;
}

/** That many bytes by chance, in hex. */
export type RandomHex = (bytes: number) => string;

export function continueTrace(fields: TraceFields, random: RandomHex): Trace {
  const parent = parseTraceparent(fields.traceparent);
  if (!parent) return { traceId: random(16), spanId: random(8), isSampled: false };
  const state = parseTracestate(fields.tracestate);
  return { ...parent, spanId: random(8), ...(state !== undefined && { state }) };
}

export function formatTraceparent({ traceId, spanId, isSampled }: Trace): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;
}

function parseTraceparent(text: string | undefined): Omit<Trace, 'spanId' | 'state'> | undefined {
  const [, version, traceId = '', parentId = '', flags = '', more = ''] = TRACEPARENT.exec(text ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== '')) return undefined;
  if (NOUGHT.test(traceId) || NOUGHT.test(parentId)) return undefined;
  return { traceId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** A list that is wrong anywhere is wrong as a whole (§3.3.1.4); so is one that is longer than anybody has to carry. */
function parseTracestate(text: string | undefined): string | undefined {
  if (text === undefined || text.length > LONGEST_STATE) return undefined;
  const members = text
    .split(',')
    .map(member => member.trim())
    .filter(member => member !== '');
  const keys = new Set(members.map(member => member.slice(0, member.indexOf('='))));
  const isValid = members.every(member => MEMBER.test(member)) && keys.size === members.length;
  return isValid && members.length > 0 && members.length <= MOST_MEMBERS ? members.join(',') : undefined;
}

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NOUGHT = /^0+$/;
const MEMBER =
  /^([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})=[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;
const MOST_MEMBERS = 32;
const LONGEST_STATE = 1_024;
