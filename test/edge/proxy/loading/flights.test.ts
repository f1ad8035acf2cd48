import { expect, test } from 'vitest';
import { createFlights } from '../../../../edge/proxy/loading/flights.ts';
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
