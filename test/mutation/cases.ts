import { faults } from '../../mocks/faults/index.gen.js';
import { checks } from '../../src/conformance/checks/index.gen.js';
import type { CheckReport, Finding } from '../../src/core/check-report.js';
import type { Severity } from '../../src/core/facts.js';
import { resolveContract } from '../../src/entry/contracts.js';
import { priceOf as apimartPrice } from '../servers/apimart.js';
import type { Body, Job } from '../servers/kit.js';
import { judgeMock } from '../support/judge.js';
import { apigoMutants } from './apigo-mutants.js';
import { apigoVariants } from './apigo-variants.js';
import { apimartMutants, apimartPlaces } from './apimart-mutants.js';
import { apimartVariants } from './apimart-variants.js';
import { callbackMutants, callbackVariants } from './callback-mutants.js';
import { commonMutants } from './common-mutants.js';
import { commonVariants, pollVariants } from './common-variants.js';
import { evolinkMutants, evolinkPlaces } from './evolink-mutants.js';
import { evolinkVariants } from './evolink-variants.js';
import { gptimage15Mutants, gptimage15Places } from './gptimage15-mutants.js';
import { gptimage15Variants } from './gptimage15-variants.js';
import { hangUpMutants, moneyMutants, moneyVariants, pollHangUpMutants } from './hang-up-mutants.js';
import { judgePlain, type PlainRun } from './judge-plain.js';
import { moderationMutants } from './moderation-mutants.js';
import { isOfFamily, type Mutant, type PollPlaces, type Variant } from './mutant.js';
import { pollMutants } from './poll-mutants.js';

interface OwnCases {
  readonly places?: PollPlaces;
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
  /** The body of a 429 in the vendor's shape. */
  readonly throttled: Body;
  /** What a task takes from a balance that can be asked for. */
  readonly price?: (job: Job) => number;
}

const wordy = (code: string | number): Body => ({
  error: { code, message: 'Too many requests', type: 'rate_limit_error' },
});

const own: Readonly<Record<string, OwnCases>> = {
  apigo: { mutants: apigoMutants, variants: apigoVariants, throttled: wordy('rate_limit_exceeded') },
  apimart: {
    places: apimartPlaces,
    mutants: apimartMutants,
    variants: apimartVariants,
    throttled: wordy(429),
    price: apimartPrice,
  },
  evolink: {
    places: evolinkPlaces,
    mutants: evolinkMutants,
    variants: evolinkVariants,
    price: () => 2.5,
    throttled: wordy('rate_limit_exceeded'),
  },
  gptimage15: {
    places: gptimage15Places,
    mutants: gptimage15Mutants,
    variants: gptimage15Variants,
    throttled: { code: 429, message: 'Too many requests', data: null },
  },
};

export const plainVendors: readonly string[] = Object.keys(own);

/** The mutants of a vendor's plain server. Some count what they are asked, so every run needs a list of its own. */
export function mutantsOf(vendor: string): readonly Mutant[] {
  const { places, price, mutants = [] } = own[vendor] ?? {};
  return [
    ...commonMutants,
    ...hangUpMutants(),
    ...moderationMutants(),
    ...(places === undefined ? [] : [...pollMutants(places), ...pollHangUpMutants(), ...callbackMutants(places)]),
    ...(price === undefined ? [] : moneyMutants(price)),
    ...mutants,
  ];
}

export function variantsOf(vendor: string): readonly Variant[] {
  const { places, price, variants = [], throttled = {} } = own[vendor] ?? {};
  return [
    ...commonVariants(throttled),
    ...(places === undefined ? [] : [...pollVariants(), ...callbackVariants]),
    ...(price === undefined ? [] : moneyVariants(price)),
    ...variants,
  ];
}

/** One mutant and what became of it. */
export interface MutantRow {
  readonly vendor: string;
  readonly base: 'plain server' | 'mock';
  readonly mutant: string;
  readonly breaks: string;
  readonly facts: readonly string[];
  /** Checks with a finding that cites the broken fact; none means that the mutant survived. */
  readonly killedBy: readonly string[];
  /** The gravest severity of those findings. */
  readonly severity: Severity | undefined;
  readonly findings: readonly Finding[];
}

export interface VariantRow {
  readonly vendor: string;
  readonly variant: string;
  readonly allows: string;
  readonly findings: readonly Finding[];
}

function gravest(findings: readonly Finding[]): Severity | undefined {
  return (['error', 'warning', 'note'] as const).find((severity) => findings.some((one) => one.severity === severity));
}

function named<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return found;
}

type Judge = (vendor: string, quirk: Mutant['quirk'], run: PlainRun) => Promise<CheckReport>;

const runFor = ({ dialect }: { readonly dialect?: string }): PlainRun =>
  dialect === undefined ? {} : { dialects: [dialect] };

export async function judgeMutant(vendor: string, id: string, judge: Judge = judgePlain): Promise<MutantRow> {
  const { quirk, fact, breaks, ...rest } = named(mutantsOf(vendor), id);
  const report = await judge(vendor, quirk, runFor(rest));
  const telling = report.findings.filter(({ ledger }) => ledger.some((cited) => isOfFamily(fact, cited)));
  const killedBy = [...new Set(telling.map(({ check }) => check))];
  const base = { vendor, base: 'plain server', mutant: id, breaks, facts: [fact] } as const;
  return { ...base, killedBy, severity: gravest(telling), findings: report.findings };
}

export async function judgeVariant(vendor: string, id: string, judge: Judge = judgePlain): Promise<VariantRow> {
  const { quirk, allows, ...rest } = named(variantsOf(vendor), id);
  const { findings } = await judge(vendor, quirk, runFor(rest));
  return { vendor, variant: id, allows, findings };
}

/** The faults of the mock that a vendor's contract leaves room for. */
export async function faultsOf(vendor: string): Promise<readonly string[]> {
  const contract = await resolveContract(vendor);
  return faults.filter((fault) => fault.applies(contract)).map(({ id }) => id);
}

/** The mock with one of its faults; it is killed by a check that says which faults must trip it. */
export async function judgeFault(vendor: string, id: string): Promise<MutantRow> {
  const fault = named(faults, id);
  const contract = await resolveContract(vendor);
  const report = await judgeMock(vendor, [id]);
  const expected = checks.filter((check) => check.faults.includes(id)).map((check) => check.id);
  const telling = report.findings.filter(({ check }) => expected.includes(check));
  const broken = new Set([...fault.facts, ...(fault.breaks?.(contract) ?? [])]);
  const facts = [...broken].filter((fact) => contract.facts.has(fact));
  const killedBy = [...new Set(telling.map(({ check }) => check))];
  const base = { vendor, base: 'mock', mutant: id, breaks: fault.title, facts } as const;
  return { ...base, killedBy, severity: gravest(telling), findings: report.findings };
}
