import { formatDuration, parseDuration } from '../../core/duration.js';
import { UsageError } from '../../core/errors.js';
import type { Arrivals, ArrivalsKind } from './arrivals.js';

const example = ':1,20,5m';

/** The rate grows or falls evenly from one to another, and stays there; from 0 it begins, at 0 it ends. */
export function rampArrivals(fromPerSecond: number, toPerSecond: number, overMs: number): Arrivals {
  const seconds = overMs / 1000;
  const growth = (toPerSecond - fromPerSecond) / seconds;
  const inRamp = ((fromPerSecond + toPerSecond) / 2) * seconds;
  return {
    kind: 'ramp',
    name: `ramp:${fromPerSecond},${toPerSecond},${overMs}ms`,
    ...(toPerSecond === 0 ? { finite: true } : {}),
    *offsets() {
      for (let index = 0; ; index += 1) {
        // After t seconds of the ramp, from * t + growth * t² / 2 tasks have started.
        if (index < inRamp) {
          const root = Math.sqrt(Math.max(0, fromPerSecond ** 2 + 2 * growth * index));
          yield index === 0 ? 0 : ((2 * index) / (fromPerSecond + root)) * 1000;
        } else if (toPerSecond === 0) return;
        else yield overMs + ((index - inRamp) / toPerSecond) * 1000;
      }
    },
  };
}

export const rampKind: ArrivalsKind = {
  id: 'ramp',
  example,
  says: 'from one rate evenly to another, over so long',
  read(parameters) {
    const parts = (parameters ?? '').split(',').map((part) => part.trim());
    const [from = '', to = '', over = ''] = parts;
    if (parts.length !== 3)
      throw new UsageError(
        `The arrivals ramp need a first rate, a last rate and a duration: write for example ramp${example}`,
      );
    const rate = (what: string, text: string) => {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (Number.isFinite(value)) return value;
      throw new UsageError(
        `The ${what} rate of a ramp must be a number of tasks per second, is ${JSON.stringify(text)}`,
      );
    };
    const [first, last, overMs] = [
      rate('first', from),
      rate('last', to),
      parseDuration(over, 'The duration of a ramp'),
    ];
    if (first + last === 0) throw new UsageError('A ramp from 0 to 0 starts nothing');
    if (!(overMs > 0)) throw new UsageError(`The duration of a ramp must be positive, is ${formatDuration(overMs)}`);
    return rampArrivals(first, last, overMs);
  },
};
