import { stringify } from 'yaml';
import { namedScenarios } from '../../mocks/scenarios/named.js';
import { type Outcome, outcomes } from '../../mocks/triggers/outcome.js';
import type { Generated } from '../generate.js';
import { pageHeader } from './header.js';

function effect({ refuse, fail, slower, stuck }: Outcome): string {
  if (refuse !== undefined) return `refused at once (\`${refuse}\`)`;
  if (fail !== undefined) return 'accepted, then failed; refused at once by a synchronous vendor';
  if (stuck === true) return 'accepted, never ended';
  return slower === undefined ? 'accepted, then succeeded' : `accepted, ${slower} times as slow`;
}

function triggersPage(): string {
  const rows = outcomes.map(
    (outcome) =>
      `| \`${outcome.id}\` | ${outcome.title} | ${effect(outcome)} | \`[outcome: ${outcome.id}]\` | \`sk-<vendor>-${outcome.id}\` | \`Prefer: outcome=${outcome.id}\` |`,
  );
  return `${pageHeader}
# Triggers

Every outcome can be asked for in three ways: by words anywhere in the prompt, by the API key (where the mock has its
usual accounts), and by a header (from this machine only). The header wins over the key, the key over the prompt. A prompt
with the words \`policy violation\` means \`moderation\`.

| outcome | what happens | as | in a prompt | as a key | as a header |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function scenariosPage(): string {
  const sections = Object.entries(namedScenarios).map(
    ([name, scenario]) => `## ${name}\n\n\`\`\`yaml\n${stringify(scenario)}\`\`\``,
  );
  return `${pageHeader}
# Scenarios

\`proofsheet mock --scenario NAME|FILE\` sets timing, chances and limits. A file is YAML or JSON:

\`\`\`yaml
description: A busy afternoon
seed: 7                 # what --seed says wins
speed: 20               # what --speed says wins
faults:                 # as --fault takes them, perhaps for a part of the tasks or requests, or for a while
  - expires-early=30m
  - callback-duplicated
  - { fault: never-ends, share: 0.02 }
  - { fault: error-burst=503, from: 2m, until: 3m }
timing:                 # the first rule that fits a request and names the part
  - quality: high
    running: { lognormal: { p50: 15s, p99: 60s } }
  - queued: { uniform: [1s, 4s] }
    coldStart: { after: 2m, delay: 30s }
chances:                # shares of the requests, perhaps only for a while; never more than 1 at once
  - { outcome: failed, share: 0.05 }
  - { outcome: bad-gateway, share: 0.9, from: 30s, until: 45s }
limits:                 # per key
  submit: { perSecond: 2, burst: 5 }
  poll: { perSecond: 10, burst: 20 }
  shared: false         # true takes polls out of the submits' bucket
  concurrency: 10       # unfinished tasks
vendors:                # what one vendor does instead, part by part
  some-vendor:
    chances: []
\`\`\`

Outcomes are those of [the triggers](triggers.md), faults those of [their page](faults.md). Durations are \`250ms\`, \`5s\`, \`1m\`. Ready by name:

${sections.join('\n\n')}
`;
}

/** The pages of outcomes and scenarios, from the mock's own tables. */
export async function behaviourPages(): Promise<Generated[]> {
  return [
    ['docs/triggers.md', triggersPage()],
    ['docs/scenarios.md', scenariosPage()],
  ];
}
