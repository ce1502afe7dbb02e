import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimetable } from '../../src/load/timetable.js';

test('entries come when they are due, the earliest first, equal moments in the order of adding', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (moments, now) => {
      const timetable = createTimetable<number>();
      moments.forEach((at, index) => {
        timetable.add(at, index);
      });
      const taken: number[] = [];
      for (let due = timetable.takeDue(now); due !== undefined; due = timetable.takeDue(now)) taken.push(due.entry);
      const sorted = moments.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at || a.index - b.index);
      expect(taken).toEqual(sorted.filter(({ at }) => at <= now).map(({ index }) => index));
      expect(timetable.nextAt()).toBe(sorted.find(({ at }) => at > now)?.at);
      expect(timetable.size).toBe(moments.length - taken.length);
    }),
    { seed: 11 },
  );
});
