/** A request whose answer is waited for. */
export interface Awaited {
  /** How often it was looked at since something of its answer came. */
  looks: number;
  /** Where it stands among those that are waited for. */
  place: number;
  giveUp(): void;
}

/** Gives up what is waited for in vain. */
export interface Patience {
  add(one: Awaited): void;
  remove(one: Awaited): void;
  /** Looks no more, and forgets what was waited for. */
  end(): void;
}

/** So many looks make up the time that something may take: it is given up that share of the time too late, at most. */
const LOOKS = 10;
const LONGEST_BETWEEN_MS = 1000;

/**
 * One look at everything that is open, now and then, instead of a timer for each request: at thousands of them a second
 * timers are a good part of what the garbage collector has to carry along.
 */
export function createPatience(timeoutMs: number): Patience {
  const everyMs = Math.min(LONGEST_BETWEEN_MS, timeoutMs / LOOKS);
  const most = Math.ceil(timeoutMs / everyMs);
  let open: Awaited[] = [];
  const look = () => {
    // Whoever is given up leaves the list while it is gone through.
    for (const one of [...open]) {
      one.looks += 1;
      if (one.looks > most) one.giveUp();
    }
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    add(one) {
      one.looks = 0;
      one.place = open.length;
      open.push(one);
    },
    remove({ place }) {
      const last = open.pop();
      if (last === undefined || last.place === place) return;
      open[place] = last;
      last.place = place;
    },
    end() {
      clearInterval(timer);
      open = [];
    },
  };
}
