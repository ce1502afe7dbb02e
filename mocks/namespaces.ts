import { createJournal, type Journal } from './journal.js';
import { type EngineReply, type EngineRequest, jsonReply } from './message.js';
import type { VendorMock } from './vendor-mock.js';

/** The header by which tests that share one server keep out of each other's way. */
const namespaceHeader = 'x-proofsheet-namespace';

/** Each one holds tasks and a journal, so a client that invents a name per request must find an end. */
export const mostNamespaces = 256;

/** What one group of clients sees: its own tasks, accounts and journal. The unnamed one is everybody else's. */
export interface Namespace<M extends VendorMock = VendorMock> {
  readonly name: string;
  readonly journal: Journal;
  /** Made at the first use; undefined for a vendor that is not mounted. */
  mock(vendor: string): M | undefined;
  /** Those in use. */
  mocks(): M[];
}

export interface Namespaces<M extends VendorMock = VendorMock> {
  readonly main: Namespace<M>;
  /** The namespace of a request, or the answer to one that may not have it. */
  of(request: EngineRequest): Namespace<M> | EngineReply;
  get(name: string): Namespace<M> | undefined;
  /** The namespace by that name, made where it does not exist. */
  open(name: string): Namespace<M>;
  list(): Namespace<M>[];
  /** Forgets everything in it; the unnamed one starts afresh. Answers what was thrown away. */
  drop(name: string): M[];
}

const namePattern = /^[\w-]{1,64}$/;

/** The query that leads a download, which carries no header of ours, back into its namespace. */
export function namespaceQuery({ namespace }: VendorMock): string {
  return namespace === '' ? '' : `?namespace=${namespace}`;
}

export function createNamespaces<M extends VendorMock>(
  vendors: readonly string[],
  mount: (vendor: string, name: string, journal: Journal) => M,
): Namespaces<M> {
  const create = (name: string): Namespace<M> => {
    const mounted = new Map<string, M>();
    const journal = createJournal(undefined, (text) =>
      [...mounted.values()].some(({ accounts }) => accounts.has(text)),
    );
    return {
      name,
      journal,
      mock(vendor) {
        const known = mounted.get(vendor);
        if (known !== undefined || !vendors.includes(vendor)) return known;
        const made = mount(vendor, name, journal);
        mounted.set(vendor, made);
        return made;
      },
      mocks: () => [...mounted.values()],
    };
  };

  const createMain = () => {
    const made = create('');
    for (const vendor of vendors) made.mock(vendor);
    return made;
  };
  let main = createMain();
  const named = new Map<string, Namespace<M>>();
  const open = (name: string) => {
    if (name === '') return main;
    const space = named.get(name) ?? create(name);
    named.set(name, space);
    return space;
  };

  return {
    get main() {
      return main;
    },
    of(request) {
      const asked = request.loopback ? request.headers[namespaceHeader] : undefined;
      if (asked === undefined) {
        // A download has no header; it is led by its address, to what exists only.
        const led = request.query === '' ? null : /(?:^|&)namespace=([\w-]+)/.exec(request.query);
        return (led === null ? undefined : named.get(led[1] ?? '')) ?? main;
      }
      const known = named.get(asked);
      if (known !== undefined) return known;
      if (!namePattern.test(asked))
        return jsonReply(400, {
          error: { message: `${namespaceHeader} takes 1 to 64 letters, digits, "_" or "-"` },
        });
      if (named.size >= mostNamespaces)
        return jsonReply(429, {
          error: { message: `There are ${mostNamespaces} namespaces already: delete some by the control API` },
        });
      return open(asked);
    },
    get: (name) => (name === '' ? main : named.get(name)),
    open,
    list: () => [main, ...named.values()],
    drop(name) {
      const gone = (name === '' ? main : named.get(name))?.mocks() ?? [];
      if (name === '') main = createMain();
      else named.delete(name);
      return gone;
    },
  };
}
