import { negativesOf } from '../../src/conformance/cases/negatives.js';
import { chosen } from '../../src/conformance/cases/thoroughness.js';
import { submitsOf } from '../../src/conformance/contract-facts.js';
import { bodySchema, minimalBody } from '../../src/conformance/requests.js';
import { propertiesOf } from '../../src/conformance/schema.js';
import type { Contract } from '../../src/contract/contract.js';

/** Arguments of one fault that are switched on together, because each breaks a place of its own. */
export interface ArgumentGroup {
  readonly title: string;
  readonly fault: string;
  readonly arguments: readonly string[];
}

/** Without these an answer leads nowhere, so that nothing after it could be judged. */
const leading = ['id', 'status'];

/** Places that answers may have and that the mock leaves out. */
const unwritten = ['/data/0/revised_prompt'];

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Every place of an answer of the API, by what stands there. */
function answerPlaces(contract: Contract): [pointer: string, source: string][] {
  const shapes = submitsOf(contract).flatMap(({ task }) => [task.answer, task.poll?.answer ?? {}, task.errors.answer]);
  return shapes.flatMap((shape) =>
    Object.entries(shape).map(([pointer, field]): [string, string] => [
      pointer.replaceAll('*', '0'),
      'from' in field ? field.from : 'value',
    ]),
  );
}

/** Fields of the submits, those that every request must have first. */
function fieldsOf(contract: Contract): { readonly needed: string[]; readonly optional: string[] } {
  const fields = submitsOf(contract).flatMap((operation) => {
    const minimal = minimalBody(contract, operation, 'x') as Record<string, unknown>;
    return propertiesOf(contract.document, bodySchema(operation) ?? '').map(({ name }): [string, boolean] => [
      `/${name}`,
      name in minimal,
    ]);
  });
  const needed = fields.flatMap(([place, isNeeded]) => (isNeeded ? [place] : []));
  return {
    needed: unique(needed),
    optional: unique(fields.map(([place]) => place)).filter((one) => !needed.includes(one)),
  };
}

/** Every constraint of the submits that the runner can break, with its place. */
export function negativesAt(contract: Contract) {
  // A sample of the cases holds each constraint once; what only adds to one is sent by whole runs.
  return submitsOf(contract).flatMap((operation) => chosen(negativesOf(contract, operation).negatives, 'sample'));
}

/** Every place of a contract's requests and answers as an argument of the fault that breaks it there. */
export function argumentGroups(contract: Contract): ArgumentGroup[] {
  const { needed, optional } = fieldsOf(contract);
  const answers = answerPlaces(contract);
  const lead = unique(answers.filter(([, source]) => leading.includes(source)).map(([pointer]) => pointer));
  const rest = unique(answers.map(([pointer]) => pointer)).filter((pointer) => !lead.includes(pointer));
  // A rule between fields stands nowhere in particular: only a fault without an argument takes it away.
  const constraints = unique(negativesAt(contract).map(({ pointer }) => pointer)).filter((pointer) => pointer !== '');
  const groups = [
    { title: 'every constraint', fault: 'accepts-invalid', arguments: constraints },
    { title: 'what every request has', fault: 'refuses-valid', arguments: needed },
    { title: 'what a request may have', fault: 'refuses-valid', arguments: optional },
    { title: 'everything but what leads on', fault: 'missing-field', arguments: rest },
    { title: 'what leads on', fault: 'garbles-field', arguments: lead },
    { title: 'everything else', fault: 'garbles-field', arguments: [...rest, ...unwritten] },
  ];
  return groups.filter((group) => group.arguments.length > 0);
}
