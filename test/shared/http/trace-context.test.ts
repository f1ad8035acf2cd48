import { describe, expect, test } from 'vitest';
import { continueTrace, formatTraceparent } from '../../../shared/http/trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';
const VALID = `00-${TRACE}-${PARENT}-01`;

const random = (bytes: number) => 'ab'.repeat(bytes);
const continued = (traceparent?: string, tracestate?: string) =>
  continueTrace({ traceparent, tracestate }, random);
const isNew = ({ traceId, parentId }: ReturnType<typeof continued>) =>
  traceId === 'ab'.repeat(16) && parentId === undefined;

describe('traceparent', () => {
  test('is continued under a new parent', () => {
    const trace = continued(VALID);
    expect(trace).toEqual({ traceId: TRACE, parentId: PARENT, spanId: 'ab'.repeat(8), isSampled: true });
    expect(formatTraceparent(trace)).toBe(`00-${TRACE}-${'ab'.repeat(8)}-01`);
  });

  test.each([
    ['00', false],
    ['01', true],
    ['02', false],
    ['ff', true],
  ])('flags %s: of them only whether it is sampled goes on', (flags, isSampled) => {
    const trace = continued(`00-${TRACE}-${PARENT}-${flags}`);
    expect(trace.isSampled).toBe(isSampled);
    expect(formatTraceparent(trace)).toMatch(isSampled ? /-01$/ : /-00$/);
  });

  test('of a version to come is continued as what we know', () => {
    const trace = continued(`cc-${TRACE}-${PARENT}-01-what-the-future-brings`);
    expect(trace.traceId).toBe(TRACE);
    expect(formatTraceparent(trace)).toMatch(/^00-/);
  });

  test.each([
    ['none', undefined],
    ['empty', ''],
    ['in capitals', VALID.toUpperCase()],
    ['of no trace', `00-${'0'.repeat(32)}-${PARENT}-01`],
    ['of no parent', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['version ff', `ff-${TRACE}-${PARENT}-01`],
    ['too long for its version', `${VALID}-more`],
    ['a digit too many', `00-${TRACE}1-${PARENT}-01`],
    ['two of them', `${VALID}, ${VALID}`],
    ['spaces', ` ${VALID}`],
    ['future without a dash', `cc-${TRACE}-${PARENT}-01x`],
  ])('%s: replaced by a new one', (_, traceparent) => {
    const trace = continued(traceparent, 'vendor=1');
    expect(isNew(trace)).toBe(true);
    expect(trace.state).toBeUndefined();
  });
});

describe('tracestate', () => {
  test.each([
    ['rojo=00f067aa0ba902b7,congo=t61rcWkgMzE', 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'],
    [' a=1 ,, b=2\t', 'a=1,b=2'],
    ['1tenant@sys=x', '1tenant@sys=x'],
    ['a=b c', 'a=b c'],
  ])('%j goes on as %j', (given, expected) => {
    expect(continued(VALID, given).state).toBe(expected);
  });

  test.each([
    '',
    'a',
    '=1',
    'a=',
    'A=1',
    '1a=1',
    'a=1,a=2',
    'a=1=2',
    'a=é',
    Array.from({ length: 33 }, (_, n) => `k${n}=1`).join(','),
    Array.from({ length: 10 }, (_, n) => `k${n}=${'x'.repeat(200)}`).join(','),
  ])('%j does not', given => {
    expect(continued(VALID, given).state).toBeUndefined();
    expect(continued(VALID, given).traceId).toBe(TRACE);
  });
});
