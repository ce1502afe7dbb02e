import type { FactExplanation, Mocked } from '../../src/entry/explain.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';
import { vendorFolders } from './names.js';

/** More places than this make a cell longer than a screen; `explain` prints them all. */
const mostPlaces = 4;

const introduction = `Every fact that the contracts carry: what it says, who says so, and what watches over it. The same for one fact, with
every place: \`proofsheet explain <vendor> <fact>\`.

| mark | who says so | breaking it is |
| --- | --- | --- |
| S | the vendor’s page states it | an error |
| L | owed by any HTTP, JSON or task API | an error |
| X | the page shows it as one sample only | a warning |
| D | other public documentation of the vendor | a warning; an error once the server follows that reading |
| C | public client code or observed bodies | a warning |
| I | our decision where nobody says anything | a note |

- **stated**: JSON pointers into the contract; *catalogue* means that the fact stands in the list of facts only.
- **mocked**: *refuses* what breaks it, because requests are validated by that place; *renders* answers by that place;
  *behaves* so although no place names it (a fault can take it away); **no** means that the mock knows nothing of it.
- **checked**: the checks that look at that place, or at that fact in any contract.
- **proved**: the mock's faults that break the fact and that one of these checks must find, which the tests see to.
- *not observable* says why nobody can see it from outside.
`;

interface VendorFacts {
  readonly vendor: string;
  /** Facts of the contract's own catalogue. */
  readonly own: readonly FactExplanation[];
  /** Common facts that the contract leaves as they are. */
  readonly common: readonly FactExplanation[];
}

const code = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(', ');
const cell = (text: string) =>
  text.replaceAll('|', '\\|').replaceAll(/[<>]/g, (mark) => (mark === '<' ? '&lt;' : '&gt;'));

function statedCell(stated: readonly string[]): string {
  if (stated.length === 0) return '*catalogue*';
  // A pointer cannot be broken by a browser as it stands, and would push every other column off the page.
  const shown = stated.slice(0, mostPlaces).map((pointer) => `\`${pointer.replaceAll('|', '\\|')}\``);
  const more = stated.length > mostPlaces ? [`and ${stated.length - mostPlaces} more`] : [];
  return [...shown, ...more].join('<br>');
}

function mockedCell(mocked: readonly Mocked[]): string {
  return mocked.map((one) => (one === 'no' ? '**no**' : one)).join(', ');
}

function row(fact: FactExplanation, stated: string): string {
  const unseen = fact.unobservable === undefined ? '' : `*not observable:* ${cell(fact.unobservable)}`;
  const checked = [code(fact.checks), unseen].filter((part) => part !== '').join('<br>') || '**no**';
  const proved = code(fact.faults) || (unseen === '' ? '**no**' : '');
  const cells = [
    `**${fact.id}**`,
    cell(fact.says),
    fact.mark,
    cell(fact.evidence.join('; ')),
    stated,
    mockedCell(fact.mocked),
    checked,
    proved,
  ];
  return `| ${cells.join(' | ')} |`;
}

const head = `| fact | says | mark | evidence | stated | mocked | checked | proved |
| --- | --- | --- | --- | --- | --- | --- | --- |`;

function union<T>(lists: readonly (readonly T[])[]): T[] {
  return [...new Set(lists.flat())];
}

/**
 * A common fact over all vendors that leave it as it is: checked means for each of them. Where a vendor has nothing to
 * break (no polling, say), the mock has nothing to keep either.
 */
function merged(facts: readonly FactExplanation[]): FactExplanation | undefined {
  const [first] = facts;
  if (first === undefined) return undefined;
  const mocked = union(facts.map((fact) => fact.mocked)).filter((one) => one !== 'no');
  return {
    ...first,
    mocked: mocked.length > 0 ? mocked : ['no'],
    checks: facts.every(({ checks }) => checks.length > 0) ? union(facts.map(({ checks }) => checks)) : [],
    faults: union(facts.map(({ faults }) => faults)),
  };
}

function commonRow(id: string, vendors: readonly VendorFacts[]): string[] {
  const holders = vendors.filter(({ common }) => common.some((fact) => fact.id === id));
  const facts = holders.flatMap(({ common }) => common.filter((fact) => fact.id === id));
  const fact = merged(facts);
  if (fact === undefined) return [];
  const unproved = holders.filter(({ common }) => common.some((one) => one.id === id && one.faults.length === 0));
  const named = facts.filter(({ stated }) => stated.length > 0).length;
  const text = row(fact, named === 0 ? 'for every contract' : `by ${named} of ${facts.length} contracts`);
  return [
    unproved.length === 0 || fact.faults.length === 0
      ? text
      : text.replace(/ \|$/, `<br>nothing to break in ${unproved.map(({ vendor }) => vendor).join(', ')} |`),
  ];
}

function counts(name: string, facts: readonly FactExplanation[]): string {
  const count = (holds: (fact: FactExplanation) => boolean) => facts.filter(holds).length;
  return `| ${[
    name,
    facts.length,
    count(({ mocked }) => !mocked.includes('no')),
    count(({ checks }) => checks.length > 0),
    count(({ faults }) => faults.length > 0),
    count(({ unobservable }) => unobservable !== undefined),
  ].join(' | ')} |`;
}

async function readVendors(root: string): Promise<VendorFacts[]> {
  // Imported late: these modules read the registries, which the generator may only now have written.
  const [{ explainFacts }, { resolveContract }] = await Promise.all([
    import('../../src/entry/explain.js'),
    import('../../src/entry/contracts.js'),
  ]);
  return Promise.all(
    vendorFolders(root).map(async (vendor): Promise<VendorFacts> => {
      const contract = await resolveContract(`${root}/specs/${vendor}/openapi.yaml`);
      const own = new Set(Object.keys(contract.document['x-facts'] ?? {}));
      const facts = explainFacts(contract);
      return {
        vendor,
        own: facts.filter(({ id }) => own.has(id)),
        common: facts.filter(({ id }) => !own.has(id)),
      };
    }),
  );
}

/** The page of all facts, with what is stated, mocked, checked and proved. */
export async function factsPage(root: string): Promise<Generated[]> {
  const vendors = await readVendors(root);
  const commonIds = union(vendors.map(({ common }) => common.map(({ id }) => id)));
  const byNumber = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true });
  const commonFacts = commonIds.flatMap((id) => {
    const fact = merged(vendors.flatMap(({ common }) => common.filter((one) => one.id === id)));
    return fact === undefined ? [] : [fact];
  });
  const numbers = [
    '| contract | facts | mocked | checked | proved | not observable |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    counts('common to all', commonFacts),
    ...vendors.map(({ vendor, own }) => counts(vendor, own)),
    counts('**together**', [...commonFacts, ...vendors.flatMap(({ own }) => own)]),
  ].join('\n');
  const sections = vendors.map(
    ({ vendor, own }) => `## ${vendor}\n\n${head}\n${own.map((fact) => row(fact, statedCell(fact.stated))).join('\n')}`,
  );
  const common = `## Common to all\n\nWhat holds whatever a page says. A contract may state one of these itself; then it stands there.\n\n${head}\n${commonIds
    .sort(byNumber)
    .flatMap((id) => commonRow(id, vendors))
    .join('\n')}`;
  return [
    [
      'docs/facts.md',
      `${[`${pageHeader}\n# Facts`, numbers, introduction.trimEnd(), common, ...sections].join('\n\n')}\n`,
    ],
  ];
}
