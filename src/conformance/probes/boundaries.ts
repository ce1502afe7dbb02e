import { type Json, toPointer, withAt } from '../../core/pointer.js';
import { unique } from '../contract-facts.js';
import { type Probe, type ProbeSetting, submitOf, together } from '../probe.js';
import { plainPrompt } from '../prompts.js';
import { bodySchema, minimalBody } from '../requests.js';
import { propertiesOf, type SchemaNode, sampleValue } from '../schema.js';

/** Longer prompts than this are left to those who mean them. */
const longest = 20_000;
const mostEntries = 100;

interface Boundary {
  readonly body: Json;
  readonly what: string;
  readonly facts: readonly string[];
}

function entries(setting: ProbeSetting, schema: string, length: number): Json[] {
  const sample = sampleValue(setting.contract.document, schema);
  const [entry = null] = Array.isArray(sample) ? sample : [];
  return Array.from({ length }, (_, index) =>
    typeof entry === 'string' ? entry.replace('reference', `reference-${index + 1}`) : entry,
  );
}

/** The values at the ends of what a property allows; plain words, so that every way of counting comes to the same. */
function extremes(setting: ProbeSetting, keywords: SchemaNode, schema: string, prompt: string): [Json, string][] {
  const { maxLength, maxItems, minimum, maximum } = keywords;
  const found: [Json, string][] = [];
  if (typeof maxLength === 'number' && maxLength <= longest && keywords['format'] === undefined)
    found.push([
      `${prompt}, `.padEnd(maxLength, 'and one more stone ').slice(0, maxLength),
      `has ${maxLength} characters`,
    ]);
  // A vendor may fetch what it is given, and these addresses hold nothing.
  if (typeof maxItems === 'number' && maxItems <= mostEntries && setting.loopback)
    found.push([entries(setting, schema, maxItems), `has ${maxItems} entries`]);
  for (const bound of [minimum, maximum]) if (typeof bound === 'number') found.push([bound, `is ${bound}`]);
  return found;
}

function boundariesAt(setting: ProbeSetting, prompt: string): Boundary[] {
  const operation = submitOf(setting);
  const { contract } = setting;
  const schema = bodySchema(operation);
  const minimal = minimalBody(contract, operation, prompt);
  if (schema === undefined || minimal === undefined) return [];
  // How many images come is asked for by the variants, at the price of that many images.
  const { count } = operation.task.request;
  return propertiesOf(contract.document, schema)
    .filter(({ name }) => toPointer([name]) !== count)
    .flatMap(({ name, keywords, schema: at, facts }) => {
      const pointer = toPointer([name]);
      return extremes(setting, keywords, at, prompt).map(([value, words]) => ({
        body: withAt(minimal, pointer, value),
        what: `whose ${pointer} ${words}`,
        facts,
      }));
    })
    .filter(({ body }) => contract.violations(schema, body).length === 0);
}

export const boundaries: Probe = {
  id: 'boundaries',
  title: 'Values that are just allowed',
  rationale: 'A limit that is off by one refuses what the page allows, and nobody finds it by trying ordinary values.',
  depth: 'full',
  tasks: (setting) => (setting.contract.submit === undefined ? 0 : boundariesAt(setting, 'x').length),
  async run(context) {
    const operation = submitOf(context);
    await together(
      boundariesAt(context, plainPrompt(context.rng())).map(({ body, what, facts }) =>
        context.travel({ operation, body, purpose: { case: 'valid', what, facts: unique(facts, operation.facts) } }),
      ),
    );
  },
};
