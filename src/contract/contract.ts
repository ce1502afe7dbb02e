import { basename, dirname, extname } from 'node:path';
import { ContractError } from '../core/errors.js';
import { type Fact, type Mark, marks, type Severity, severities, severityOfMark } from '../core/facts.js';
import type { AsyncTask } from './async-task.js';
import { commonFacts } from './common-facts.js';
import type { OpenApiDocument } from './document.js';
import { type Content, type Operation, type ReadTask, readOperations } from './operations.js';
import type { SideEndpoints } from './read-side-endpoints.js';
import { createValidators, type Precompiled, type Validators } from './validators.js';

/** An operation that submits a task. */
export type SubmitOperation = Operation & { readonly task: AsyncTask };

/** One vendor's contract as a value: the single source of truth for mock, client, runner and load tester. */
export interface Contract extends Validators {
  /** The vendor: folder name of a shipped contract, else the file's name. */
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly document: OpenApiDocument;
  /** Named readings other than the documented one that were applied, in their order. */
  readonly dialects: readonly string[];
  /** What `--base-url` stands in for: the first of `servers`, without a trailing slash. */
  readonly server: string;
  readonly operations: readonly Operation[];
  /** The operation that submits a generation; undefined where the contract has no `x-async-task`. */
  readonly submit: SubmitOperation | undefined;
  /** The operation that asks for a task; undefined for a synchronous vendor. */
  readonly poll: Operation | undefined;
  /** Every fact that the contract states, and the common ones. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** What stands beside the tasks. Throws a `ContractError` where one of them is written wrongly. */
  sideEndpoints(): SideEndpoints;
  /** The gravest severity that breaking one of these facts has; unknown ids count as notes. */
  severityOf(factIds: readonly string[], shown?: boolean): Severity;
}

function readFacts(file: string, document: OpenApiDocument): Map<string, Fact> {
  const facts = new Map<string, Fact>(commonFacts.map((fact) => [fact.id, fact]));
  for (const [id, raw] of Object.entries(document['x-facts'] ?? {})) {
    const fact = raw as Partial<Fact>;
    if (!marks.includes(fact.mark as Mark) || typeof fact.says !== 'string')
      throw new ContractError(file, [
        { pointer: `/x-facts/${id}`, message: `needs "says" and a "mark" out of ${marks.join(', ')}` },
      ]);
    facts.set(id, {
      id,
      mark: fact.mark as Mark,
      says: fact.says,
      evidence: Array.isArray(fact.evidence) ? fact.evidence.map(String) : [],
      ...(fact.unobservable === undefined ? {} : { unobservable: fact.unobservable }),
    });
  }
  return facts;
}

function hasTask(operation: Operation): operation is SubmitOperation {
  return operation.task !== undefined;
}

export interface ContractParts {
  readonly readTask: ReadTask;
  /** Called when somebody asks for them; none are read where this is absent. */
  readonly readSides?: (file: string, document: OpenApiDocument, operations: readonly Operation[]) => SideEndpoints;
  readonly dialects?: readonly string[];
  /** Called when the first value is validated. */
  readonly precompiled?: () => Precompiled;
}

/** A contract from a parsed document; `file` is only used in messages. Throws a `ContractError`. */
export function createContract(
  id: string,
  file: string,
  document: OpenApiDocument,
  { readTask, readSides, dialects = [], precompiled }: ContractParts,
): Contract {
  const operations = readOperations(file, document, readTask);
  const submit = operations.find(hasTask);
  const facts = readFacts(file, document);
  const pollId = submit?.task.poll?.operation;
  let validators: Validators | undefined;
  return {
    id,
    title: document.info.title,
    file,
    document,
    dialects,
    server: (document.servers?.[0]?.url ?? '').replace(/\/+$/, ''),
    operations,
    submit,
    poll: operations.find((operation) => operation.id === pollId),
    facts,
    sideEndpoints: () => readSides?.(file, document, operations) ?? new Map(),
    violations(schemaPointer, value) {
      validators ??= createValidators(file, document, precompiled?.());
      return validators.violations(schemaPointer, value);
    },
    severityOf(factIds, shown = false) {
      const found = factIds.flatMap((factId) => {
        const fact = facts.get(factId);
        return fact === undefined ? [] : [severityOfMark(fact.mark, shown)];
      });
      return severities.find((severity) => found.includes(severity)) ?? 'note';
    },
  };
}

/** The vendor's id by the contract's file: its name, or its folder's where the file is `openapi.*`. */
export function contractId(file: string): string {
  const stem = basename(file, extname(file));
  return stem === 'openapi' ? basename(dirname(file)) : stem;
}

/** The schema for a content type, ignoring parameters such as charset; undefined when the type is not documented. */
export function schemaFor(content: Content, contentType: string): { readonly schema: string | undefined } | undefined {
  const bare = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return Object.hasOwn(content, bare) ? { schema: content[bare] } : undefined;
}

/** The documented response for a status: exact, by range, or `default`. */
export function responseFor(operation: Operation, status: number) {
  return (
    operation.responses[String(status)] ??
    operation.responses[`${Math.floor(status / 100)}XX`] ??
    operation.responses['default']
  );
}
