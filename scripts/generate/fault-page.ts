import type { Fault } from '../../mocks/fault.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { vendorFolders } from './names.js';

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');

const introduction = `What the mock can be told to do wrong, and whom a server like that hurts. \`--fault ID\` or \`--fault ID=ARGUMENT\` switches
one on, repeatably, the same one also with several arguments; in a [scenario](scenarios.md) a fault can hold for a part of
the tasks or requests, or for a while. Everything is drawn from \`--seed\` and the mock's clock, so equal requests meet
equal faults.

A fault shows with every vendor that has what it breaks; a mock of several vendors leaves the others as they are.`;

/** The page of faults, from their own words; facts are those of the shipped contracts. */
export async function faultPage(root: string): Promise<Generated[]> {
  // Imported late: these modules read the registries, which the generator may only now have written.
  const [{ faults }, { checks }, { oddities }, { callbackPrefix }, { resolveContract }] = await Promise.all([
    import('../../mocks/faults/index.gen.js'),
    import('../../src/conformance/checks/index.gen.js'),
    import('../../mocks/webhooks/oddity.js'),
    import('../../mocks/named-fault.js'),
    import('../../src/entry/contracts.js'),
  ]);
  const contracts = await Promise.all(
    vendorFolders(root).map((vendor) => resolveContract(`${root}/specs/${vendor}/openapi.yaml`)),
  );
  const section = (fault: Fault) => {
    const fitting = contracts.filter((contract) => fault.applies(contract));
    const known = (id: string) => fitting.some((contract) => contract.facts.has(id));
    const facts = [...new Set([...fault.facts, ...fitting.flatMap((contract) => fault.breaks?.(contract) ?? [])])];
    const found = checks.filter((check) => check.faults.includes(fault.id)).map(({ id }) => id);
    const { argument } = fault;
    return [
      `## ${fault.id}`,
      `**${fault.title}**`,
      fault.rationale,
      ...(argument === undefined ? [] : [`Argument: \`${argument.syntax}\`. ${argument.says}`]),
      `Facts: ${list(facts.filter(known))}.`,
      ...(fitting.length === contracts.length ? [] : [`Vendors: ${list(fitting.map(({ id }) => id))}.`]),
      `Found by: ${found.map((id) => `[${id}](checks/${id}.md)`).join(', ')}.`,
      `\`\`\`sh\nproofsheet mock ${fitting[0]?.id ?? ''} --fault ${fault.id}${argument === undefined ? '' : `=${argument.example}`}\n\`\`\``,
    ].join('\n\n');
  };
  const callbacks = [
    '# Callbacks',
    'These break no answer of the API, so no check of the API finds them: whoever receives the calls has to cope with them. `--callbacks-fault lost` is the same as `--fault callback-lost`.',
    ...oddities.map(
      ({ id, title, rationale }) =>
        `## ${callbackPrefix}${id}\n\n**${title}**\n\n${rationale}\n\n\`\`\`sh\nproofsheet mock ${contracts[0]?.id ?? ''} --fault ${callbackPrefix}${id}\n\`\`\``,
    ),
  ];
  return [
    [
      'docs/faults.md',
      `${[`${pageHeader}\n# Faults`, introduction, ...faults.map(section), ...callbacks].join('\n\n')}\n`,
    ],
  ];
}
