/** Carries values from callbacks to one reader, in order. */
export interface Channel<T> {
  push(value: T): void;
  /** Ends the reading, with an error where one is given. */
  close(error?: unknown): void;
  read(): AsyncGenerator<T, void>;
}

export function createChannel<T>(): Channel<T> {
  const waiting: T[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake: () => void = () => undefined;
  return {
    push(value) {
      waiting.push(value);
      wake();
    },
    close(error) {
      end ??= error === undefined ? {} : { error };
      wake();
    },
    async *read() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift() as T;
        if (end !== undefined) {
          if ('error' in end) throw end.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
