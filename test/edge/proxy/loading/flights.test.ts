import { expect, test } from 'vitest';
import { createFlights, PATIENCE_MS } from '../../../../edge/proxy/loading/flights.ts';
import { createTestClock } from '../../../fakes/clock.ts';

test('a flight is found until it settles, and tells all who wait how it ended', async () => {
  const flights = createFlights(createTestClock());
  const pilot = flights.start('a');
  const flight = flights.find('a') ?? expect.fail();
  expect(flights.find('b')).toBeUndefined();
  pilot.begin();
  await flight.begun;
  pilot.settle({ kind: 'stored', reusable: true });
  expect(flights.find('a')).toBeUndefined();
  expect(await flight.settled).toEqual({ kind: 'stored', reusable: true });
});

test('one that settles without having begun keeps nobody waiting for a beginning', async () => {
  const flights = createFlights(createTestClock());
  const pilot = flights.start('a');
  const flight = flights.find('a') ?? expect.fail();
  pilot.settle({ kind: 'failure', why: 'timeout' });
  await flight.begun;
});

test('one whose request was cut off is forgotten after a minute', () => {
  const clock = createTestClock();
  const flights = createFlights(clock);
  flights.start('a');
  clock.advance(60_000);
  expect(flights.find('a')).toBeDefined();
  clock.advance(1);
  expect(flights.find('a')).toBeUndefined();
});

test('its late end does not end the one that took its place', () => {
  const clock = createTestClock();
  const flights = createFlights(clock);
  const lost = flights.start('a');
  clock.advance(60_001);
  flights.start('a');
  lost.settle({ kind: 'unstored', status: 200 });
  expect(flights.find('a')).toBeDefined();
});

test('who is tired of waiting leaves by himself, then two by two, then by fours', () => {
  const clock = createTestClock();
  const flights = createFlights(clock);
  flights.start('a');
  const flight = flights.find('a') ?? expect.fail();
  const leaving = () => Array.from({ length: 50 }, flight.mayLeave).filter(Boolean).length;
  expect(leaving()).toBe(1);
  clock.advance(PATIENCE_MS - 1);
  expect(leaving()).toBe(0);
  clock.advance(1);
  expect(leaving()).toBe(2);
  clock.advance(PATIENCE_MS);
  expect(leaving()).toBe(4);
});

test('one who left and has it first has it for all', async () => {
  const flights = createFlights(createTestClock());
  const pilot = flights.start('a');
  const flight = flights.find('a') ?? expect.fail();
  flight.overtake({ kind: 'stored', reusable: true });
  pilot.settle({ kind: 'failure', why: 'timeout' });
  expect(await flight.settled).toEqual({ kind: 'stored', reusable: true });
});
