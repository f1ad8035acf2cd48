import { describe, expect, it } from 'vitest';
import { createSingleFlight, GAVE_UP, outwait } from '../../../shared/primitives/single-flight.ts';
import { until } from '../../eventually.ts';

const LONG_MS = 10_000;

describe('a single flight', () => {
  it('does work once for all who want it at the same time', async () => {
    const flights = createSingleFlight();
    let runs = 0;
    const work = async () => ++runs;
    const all = await Promise.all(Array.from({ length: 100 }, () => flights.run('k', work, LONG_MS)));
    expect(new Set(all)).toEqual(new Set([1]));
    expect(await flights.run('k', work, LONG_MS)).toBe(2);
  });

  it('shares an error, and begins anew after it', async () => {
    const flights = createSingleFlight();
    const fail = () => Promise.reject(new Error('no'));
    const all = await Promise.allSettled([1, 2, 3].map(() => flights.run('k', fail, LONG_MS)));
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await flights.run('k', async () => 'yes', LONG_MS)).toBe('yes');
  });

  it('keeps keys apart', async () => {
    const flights = createSingleFlight();
    const all = ['a', 'b'].map(key => flights.run(key, async () => key, LONG_MS));
    expect(await Promise.all(all)).toEqual(['a', 'b']);
  });

  it('is not waited for longer than one has patience: whoever gives up leads those who come later', async () => {
    const flights = createSingleFlight();
    let finish: ((value: string) => void) | undefined;
    void flights.run('k', () => new Promise<string>(() => {}), LONG_MS);
    const slow = () =>
      new Promise<string>(resolve => {
        finish = resolve;
      });
    const impatient = flights.run('k', slow, 5);
    await until(() => finish);
    const later = flights.run('k', async () => 'own', LONG_MS);
    finish?.('shared');
    expect(await Promise.all([impatient, later])).toEqual(['shared', 'shared']);
  });

  it('can be abandoned: who comes later does not follow', async () => {
    const flights = createSingleFlight();
    let finish = (_: string) => {};
    const first = flights.run(
      'k',
      () =>
        new Promise<string>(resolve => {
          finish = resolve;
        }),
      LONG_MS,
    );
    flights.abandon('k');
    expect(await flights.run('k', async () => 'second', LONG_MS)).toBe('second');
    finish('first');
    expect(await first).toBe('first');
    expect(flights.has('k')).toBe(false);
  });
});

describe('outwaiting', () => {
  it('gives what the work gives, or gives up', async () => {
    expect(await outwait(Promise.resolve(1), 5)).toBe(1);
    expect(await outwait(new Promise(() => {}), 5)).toBe(GAVE_UP);
    await expect(outwait(Promise.reject(new Error('no')), 5)).rejects.toThrow('no');
  });
});
