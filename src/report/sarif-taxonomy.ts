import type { CheckOutcome } from '../core/check-report.js';
import { faultCategories, faultTaxonomy } from '../core/fault-taxonomy.js';

/** The public list of faults as SARIF knows such lists, with the part of it that the rules of a run fall under. */
export interface Taxonomy {
  /** What the run says of the list; empty where no rule has a code of it. */
  readonly run: object;
  /** What the tool says of it. */
  readonly supported: object;
  /** What a rule with these codes says. */
  readonly relationships: (codes: readonly string[]) => object;
}

const { name, fullName, version } = faultTaxonomy;
const categories: Readonly<Record<string, readonly [name: string, says: string]>> = faultCategories;

/** Codes that the list does not have, of an older report for example, are left out. */
export function taxonomyOf(rules: readonly Pick<CheckOutcome, 'codes'>[]): Taxonomy {
  const used = new Set(rules.flatMap(({ codes = [] }) => codes));
  const taxa = Object.entries(categories).filter(([code]) => used.has(code));
  if (taxa.length === 0) return { run: {}, supported: {}, relationships: () => ({}) };
  const index = new Map(taxa.map(([code], at) => [code, at]));
  const toolComponent = { name, index: 0 };
  return {
    run: {
      taxonomies: [
        {
          name,
          fullName,
          version,
          isComprehensive: false,
          taxa: taxa.map(([id, [title, says]]) => ({ id, name: title, shortDescription: { text: says } })),
        },
      ],
    },
    supported: { supportedTaxonomies: [toolComponent] },
    relationships: (codes) => {
      const known = [...new Set(codes)].filter((code) => index.has(code));
      if (known.length === 0) return {};
      return {
        relationships: known.map((id) => ({
          target: { id, index: index.get(id), toolComponent },
          kinds: ['relevant'],
        })),
      };
    },
  };
}
