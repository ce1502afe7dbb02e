import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLiveTasks, type Waiting } from '../../src/load/live-tasks.js';

interface Entry extends Waiting<Entry> {
  readonly name: number;
}

test('the oldest of what is left comes first, whatever ends in between', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat({ max: 15 }), { freq: 2 })), (steps) => {
      const tasks = createLiveTasks<Entry>();
      const made: Entry[] = [];
      const model = new Set<number>();
      for (const step of steps) {
        if (step === null) {
          const entry: Entry = { name: made.length, before: undefined, after: undefined };
          made.push(entry);
          tasks.add(entry);
          model.add(entry.name);
        } else {
          const entry = made[step];
          if (entry !== undefined) expect(tasks.remove(entry)).toBe(model.delete(entry.name));
        }
        expect([...tasks].map(({ name }) => name)).toEqual([...model]);
        expect(tasks.oldest?.name).toBe([...model][0]);
        expect(tasks.size).toBe(model.size);
        for (const entry of made) expect(tasks.has(entry)).toBe(model.has(entry.name));
      }
    }),
  );
});
