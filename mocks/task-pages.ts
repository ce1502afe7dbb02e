import type { Json } from '../src/core/pointer.js';
import type { TaskError } from '../src/core/task.js';
import type { Account } from './accounts.js';
import type { EffectiveRequest } from './admission/effective-request.js';
import type { Plan } from './lifecycle/plan.js';
import type { LastAnswer } from './replies/answer-memo.js';
import type { Derive, StoredTask } from './store.js';

/** A task whose request is what the text of its body means by the contract. */
export interface Packable {
  readonly task: StoredTask;
  readonly received: string;
}

/**
 * Tasks in few bytes: a page holds the numbers of some hundred tasks in one block of memory, and their bodies as text
 * behind them. A row is the number of a page and a place in it.
 */
export interface TaskPages {
  /** The rows of those tasks that fit; what is out of the ordinary is left to be kept as it is. */
  pack(tasks: readonly Packable[]): readonly (readonly [id: string, row: number])[];
  unpack(id: string, row: number): StoredTask;
  /** Says that a row is not needed any more. A page goes with its last row. */
  release(row: number): void;
}

const rowsPerPage = 256;

/** Bytes for the bodies of a page, before it is known how long they are. */
const usualText = rowsPerPage * 256;

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
const half = 2 ** 24;

/** In two halves: writing a number beyond 32 bits in another base than ten is many times as slow. */
function seedOf(number: number): string {
  return hexOf(Math.floor(number / half)) + hexOf(number % half);
}

function hexOf(number: number): string {
  return number.toString(16).padStart(6, '0');
}

export function createTaskPages(derive: Derive): TaskPages {
  const pages = new Map<number, Page>();
  const accounts = createShared<Account>();
  const operations = createShared<string>();
  const failures = createShared<TaskError | undefined>();
  let nextPage = 0;

  /** What is packed is put together here, so that a page is made in the size that it needs. */
  const numbers = new Float64Array(rowsPerPage * columns.length);
  let text = Buffer.allocUnsafeSlow(usualText);

  /** Writes all numbers of a task but the end of its body; false where it does not fit. */
  const writeNumbers = ({ account, operation, plan, callback, preferred }: StoredTask, at: number): boolean => {
    const accountNumber = accounts.numberOf(account);
    const operationNumber = operations.numberOf(operation);
    const failureNumber = failures.numberOf(plan.failure);
    if (accountNumber === undefined || operationNumber === undefined || failureNumber === undefined) return false;
    if (callback !== undefined || preferred !== undefined || plan.unpaid === true || !seedPattern.test(plan.seed))
      return false;
    if ((plan.outcome === 'failed') !== (plan.failure !== undefined)) return false;
    numbers[at + columnOf.createdAt] = plan.createdAt;
    numbers[at + columnOf.startedAt] = plan.startedAt;
    numbers[at + columnOf.endedAt] = plan.endedAt;
    numbers[at + columnOf.price] = plan.price;
    numbers[at + columnOf.etaSeconds] = plan.etaSeconds;
    numbers[at + columnOf.failsAt] = plan.failsAt;
    numbers[at + columnOf.seed] = Number.parseInt(plan.seed, 16);
    numbers[at + columnOf.account] = accountNumber;
    numbers[at + columnOf.operation] = operationNumber;
    numbers[at + columnOf.failure] = failureNumber;
    return true;
  };

  /** Writes a body behind the others and answers where it ends. */
  const writeBody = (body: string, at: number): number => {
    // A character is at most three bytes.
    const most = at + body.length * 3;
    if (most > text.length) {
      const larger = Buffer.allocUnsafeSlow(most * 2);
      text.copy(larger, 0, 0, at);
      text = larger;
    }
    return at + text.write(body, at);
  };

  const find = (row: number): { page: Page; place: number } => {
    const page = pages.get(Math.floor(row / rowsPerPage));
    if (page === undefined) throw new RangeError(`There is no row ${row}`);
    return { page, place: row % rowsPerPage };
  };

  return {
    pack(tasks) {
      const rows: [string, number][] = [];
      let end = 0;
      for (const { task, received } of tasks) {
        const at = rows.length * columns.length;
        if (!writeNumbers(task, at)) continue;
        end = writeBody(received, end);
        numbers[at + columnOf.bodyEnd] = end;
        rows.push([task.id, nextPage * rowsPerPage + rows.length]);
      }
      if (rows.length === 0) return rows;
      const head = rows.length * columns.length * Float64Array.BYTES_PER_ELEMENT;
      // Memory of its own: a slice of a shared block would keep the whole block.
      const bytes = Buffer.allocUnsafeSlow(head + end);
      const own = new Float64Array(bytes.buffer, 0, rows.length * columns.length);
      own.set(numbers.subarray(0, own.length));
      text.copy(bytes, head, 0, end);
      pages.set(nextPage, { bytes, numbers: own, left: rows.length });
      nextPage += 1;
      // One enormous body is no reason to hold so much memory for good.
      if (text.length > usualText * 16) text = Buffer.allocUnsafeSlow(usualText);
      return rows;
    },
    unpack(id, row) {
      const { page, place } = find(row);
      const at = place * columns.length;
      const numberOf = (column: number) => page.numbers[at + column] as number;
      const failure = failures.valueOf(numberOf(columnOf.failure));
      const plan: Plan = {
        createdAt: numberOf(columnOf.createdAt),
        startedAt: numberOf(columnOf.startedAt),
        endedAt: numberOf(columnOf.endedAt),
        outcome: failure === undefined ? 'succeeded' : 'failed',
        failsAt: numberOf(columnOf.failsAt),
        etaSeconds: numberOf(columnOf.etaSeconds),
        price: numberOf(columnOf.price),
        seed: seedOf(numberOf(columnOf.seed)),
        ...(failure === undefined ? undefined : { failure }),
      };
      const account = accounts.valueOf(numberOf(columnOf.account));
      return new PackedTask(id, account, plan, operations.valueOf(numberOf(columnOf.operation)), derive, page, place);
    },
    release(row) {
      const { page } = find(row);
      page.left -= 1;
      if (page.left === 0) pages.delete(Math.floor(row / rowsPerPage));
    },
  };
}

/** A task as it was, but for its request, which most polls of a running task do not need. */
class PackedTask implements StoredTask {
  readonly #derive: Derive;
  readonly #page: Page;
  readonly #place: number;
  #request: EffectiveRequest | undefined;
  lastAnswer: LastAnswer | undefined;

  constructor(
    readonly id: string,
    readonly account: Account,
    readonly plan: Plan,
    readonly operation: string,
    derive: Derive,
    page: Page,
    place: number,
  ) {
    this.#derive = derive;
    this.#page = page;
    this.#place = place;
  }

  get request(): EffectiveRequest {
    this.#request ??= this.#derive(this.operation, JSON.parse(bodyOf(this.#page, this.#place)) as Json);
    return this.#request;
  }
}

function bodyOf({ bytes, numbers }: Page, place: number): string {
  const endOf = (row: number) => (row < 0 ? 0 : (numbers[row * columns.length + columnOf.bodyEnd] as number));
  return bytes.toString('utf8', numbers.byteLength + endOf(place - 1), numbers.byteLength + endOf(place));
}
