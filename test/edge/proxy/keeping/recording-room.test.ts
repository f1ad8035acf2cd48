import { expect, test } from 'vitest';
import { createRecordingRoom, roomBytes } from '../../../../edge/proxy/keeping/recording-room.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { planOf } from '../../exchange.ts';

test('all reservations together stay within the bound', () => {
  const room = createRecordingRoom(10, createTestClock());
  const [one, other] = [room.reserve(), room.reserve()];
  expect([one.grow(6), other.grow(5), other.grow(4), one.grow(1)]).toEqual([true, false, true, false]);
});

test('what is released is room for others, however often it is released', () => {
  const room = createRecordingRoom(10, createTestClock());
  const [one, other, third] = [room.reserve(), room.reserve(), room.reserve()];
  one.grow(5);
  other.grow(5);
  one.release();
  one.release();
  expect([third.grow(6), third.grow(5)]).toEqual([false, true]);
});

test('one that was cut off holds its room for a minute, one that goes on for as long as it takes', () => {
  const clock = createTestClock();
  const room = createRecordingRoom(10, clock);
  const [lost, slow, next] = [room.reserve(), room.reserve(), room.reserve()];
  lost.grow(4);
  slow.grow(4);
  clock.advance(60_000);
  slow.grow(1);
  expect(next.grow(4)).toBe(false);
  clock.advance(1);
  expect([next.grow(5), next.grow(1)]).toEqual([true, false]);
});

test('there is room for one of the largest bodies, also where memory is to keep nothing', () => {
  const MiB = 1024 * 1024;
  const limits = { maxBodyBytes: 2 * MiB };
  expect(roomBytes(planOf({ levels: { l1: { maxBytes: 0 } }, limits }))).toBe(2 * MiB);
  expect(roomBytes(planOf({ levels: { l1: { maxBytes: 40 * MiB } }, limits }))).toBe(10 * MiB);
});
