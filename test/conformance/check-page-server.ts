import sharp from 'sharp';
import { beforeAll } from 'vitest';
import type { CheckEvent, CheckOptions } from '../../src/conformance/check-options.js';
import { runCheck } from '../../src/conformance/run-check.js';
import type { Contract } from '../../src/contract/contract.js';
import { loadContract } from '../../src/contract/load-contract.js';
import type { CheckReport } from '../../src/core/check-report.js';
import { createVirtualClock } from '../../src/platform/virtual-clock.js';
import { pageServer, type Twist } from './page-server.js';

export let contract: Contract;
export const pictures = new Map<string, Uint8Array>();

async function picture(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: '#4a7' } })
    .png()
    .toBuffer();
}

beforeAll(async () => {
  contract = await loadContract('specs/gptimage15/openapi.yaml');
  for (const [width, height] of [
    [1024, 1024],
    [1024, 1536],
    [1536, 1024],
  ] as const)
    pictures.set(`${width}x${height}`, await picture(width, height));
});

type Overrides = Partial<CheckOptions> & { readonly twist?: Twist };

/** A whole check of the page server in virtual time, as it is or with a twist. */
export async function check({
  twist,
  ...overrides
}: Overrides = {}): Promise<{ report: CheckReport; events: CheckEvent[] }> {
  const clock = createVirtualClock();
  const events: CheckEvent[] = [];
  const options: CheckOptions = {
    contract,
    baseUrl: 'http://127.0.0.1:9',
    apiKey: 'sk-first',
    otherKey: 'sk-second',
    depth: 'full',
    seed: 7,
    cases: 'sample',
    timeout: 5_000,
    wire: pageServer(clock, pictures, twist),
    clock,
    version: '0.0.0',
    ...overrides,
  };
  await clock.run(async () => {
    for await (const event of runCheck(options)) events.push(event);
  });
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('no report');
  return { report: last.report, events };
}

export const failed = ({ findings }: CheckReport) => [...new Set(findings.map(({ check: id }) => id))].sort();
