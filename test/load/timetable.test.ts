import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTimetable } from '../../src/load/timetable.js';

test('entries come when they are due, the earliest first, and each of them once', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 20 }));
  const now = fc.integer({ min: -1, max: 21 });
  fc.assert(
    fc.property(moments, moments, now, (early, late, then) => {
      const timetable = createTimetable<{ readonly at: number; readonly index: number }>();
      const all = [...early, ...late].map((at, index) => ({ at, index }));
      for (const entry of all.slice(0, early.length)) timetable.add(entry.at, entry);
      const takeAll = () => {
        const taken: (typeof all)[number][] = [];
        for (let due = timetable.takeDue(then); due !== undefined; due = timetable.takeDue(then)) taken.push(due);
        return taken;
      };
      const first = takeAll();
      for (const entry of all.slice(early.length)) timetable.add(entry.at, entry);
      const second = takeAll();

      for (const taken of [first, second])
        expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).sort((one, other) => one - other));
      const due = all.filter(({ at }) => at <= then);
      expect([...first, ...second].sort((one, other) => one.index - other.index)).toEqual(due);
      const left = all.filter(({ at }) => at > then).map(({ at }) => at);
      expect(timetable.nextAt()).toBe(Math.min(Number.POSITIVE_INFINITY, ...left));
      expect(timetable.size).toBe(left.length);
    }),
    { seed: 11 },
  );
});
