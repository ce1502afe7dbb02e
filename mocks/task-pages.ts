import type { Json } from '../src/core/pointer.js';
import type { TaskError } from '../src/core/task.js';
import type { Account } from './accounts.js';
import type { EffectiveRequest } from './admission/effective-request.js';
import type { Plan } from './lifecycle/plan.js';
import type { Derive, StoredTask } from './store.js';

/**
 * Tasks in few bytes: a page holds the numbers of some hundred tasks in one block of memory, and their bodies as text
 * behind them. A row is the number of a page and a place in it.
 */
export interface TaskPages {
  /** The rows of those tasks that fit; what is out of the ordinary is left to be kept as it is. */
  pack(tasks: readonly StoredTask[]): readonly (readonly [id: string, row: number])[];
  unpack(id: string, row: number): StoredTask;
  /** Says that a row is not needed any more. A page goes with its last row. */
  release(row: number): void;
}

const rowsPerPage = 256;

/** What a page holds of a task, a number each. */
const columns = [
  'createdAt',
  'startedAt',
  'endedAt',
  'price',
  'etaSeconds',
  'failsAt',
  'seed',
  'account',
  'operation',
  'failure',
  'bodyEnd',
] as const;
type Column = (typeof columns)[number];
const columnOf = Object.fromEntries(columns.map((name, index) => [name, index])) as Record<Column, number>;

interface Page {
  readonly bytes: Buffer;
  readonly numbers: Float64Array;
  left: number;
}

/** Values that many tasks share, by a small number. A list that is full takes no more. */
function createShared<T>() {
  const most = 256;
  const values: T[] = [];
  const numbers = new Map<T, number>();
  return {
    numberOf(value: T): number | undefined {
      const known = numbers.get(value);
      if (known !== undefined || values.length >= most) return known;
      numbers.set(value, values.length);
      return values.push(value) - 1;
    },
    valueOf: (number: number): T => values[number] as T,
  };
}

/** A seed of a plan is twelve hexadecimal digits: a whole number that a double holds exactly. */
const seedPattern = /^[0-9a-f]{12}$/;

export function createTaskPages(derive: Derive): TaskPages {
  const pages = new Map<number, Page>();
  const accounts = createShared<Account>();
  const operations = createShared<string>();
  const failures = createShared<TaskError | undefined>();
  let nextPage = 0;

  /** The numbers of a task in the order of the columns, all but the last; undefined where it does not fit. */
  const numbersOf = ({ account, operation, plan, callback }: StoredTask): number[] | undefined => {
    const shared = [accounts.numberOf(account), operations.numberOf(operation), failures.numberOf(plan.failure)];
    const [accountNumber, operationNumber, failureNumber] = shared;
    if (accountNumber === undefined || operationNumber === undefined || failureNumber === undefined) return undefined;
    if (callback !== undefined || !seedPattern.test(plan.seed)) return undefined;
    if ((plan.outcome === 'failed') !== (plan.failure !== undefined)) return undefined;
    const { createdAt, startedAt, endedAt, price, etaSeconds, failsAt, seed } = plan;
    const own = [createdAt, startedAt, endedAt, price, etaSeconds, failsAt, Number.parseInt(seed, 16)];
    return [...own, accountNumber, operationNumber, failureNumber];
  };

  const find = (row: number): { page: Page; place: number } => {
    const page = pages.get(Math.floor(row / rowsPerPage));
    if (page === undefined) throw new RangeError(`There is no row ${row}`);
    return { page, place: row % rowsPerPage };
  };

  return {
    pack(tasks) {
      const fitting = tasks.flatMap((task) => {
        const numbers = numbersOf(task);
        return numbers === undefined ? [] : [{ id: task.id, numbers, body: JSON.stringify(task.request.body) }];
      });
      if (fitting.length === 0) return [];
      const head = fitting.length * columns.length * Float64Array.BYTES_PER_ELEMENT;
      // Memory of its own: a slice of a shared block would keep the whole block.
      const bytes = Buffer.allocUnsafeSlow(fitting.reduce((sum, { body }) => sum + Buffer.byteLength(body), head));
      const numbers = new Float64Array(bytes.buffer, 0, fitting.length * columns.length);
      const first = nextPage * rowsPerPage;
      let end = head;
      fitting.forEach((task, place) => {
        end += bytes.write(task.body, end);
        numbers.set([...task.numbers, end], place * columns.length);
      });
      pages.set(nextPage, { bytes, numbers, left: fitting.length });
      nextPage += 1;
      return fitting.map(({ id }, place) => [id, first + place] as const);
    },
    unpack(id, row) {
      const { page, place } = find(row);
      const at = (name: Column) => page.numbers[place * columns.length + columnOf[name]] as number;
      const failure = failures.valueOf(at('failure'));
      const plan: Plan = {
        createdAt: at('createdAt'),
        startedAt: at('startedAt'),
        endedAt: at('endedAt'),
        outcome: failure === undefined ? 'succeeded' : 'failed',
        ...(failure === undefined ? {} : { failure }),
        failsAt: at('failsAt'),
        etaSeconds: at('etaSeconds'),
        price: at('price'),
        seed: at('seed').toString(16).padStart(12, '0'),
      };
      const operation = operations.valueOf(at('operation'));
      let request: EffectiveRequest | undefined;
      return {
        id,
        account: accounts.valueOf(at('account')),
        // Most polls of a running task do not need it.
        get request() {
          request ??= derive(operation, JSON.parse(bodyOf(page, place)) as Json);
          return request;
        },
        plan,
        operation,
      };
    },
    release(row) {
      const { page } = find(row);
      page.left -= 1;
      if (page.left === 0) pages.delete(Math.floor(row / rowsPerPage));
    },
  };
}

function bodyOf({ bytes, numbers }: Page, place: number): string {
  const last = columnOf.bodyEnd;
  const start = place === 0 ? numbers.byteLength : numbers[(place - 1) * columns.length + last];
  return bytes.toString('utf8', start, numbers[place * columns.length + last]);
}
