/** A report full of one text, in every place that a server, a contract or a report file can fill. */
import type { CheckReport } from '../../src/core/check-report.js';
import { exchange, START } from './exchange-fixtures.js';
import { check, conformant } from './fixtures.js';

export const HOSTILE =
  '<script>alert(1)</script> ]]> \u001b[2J\u001b]0;owned\u0007 \u0000 \ud800 "double" \'single\' & \u202egnp.exe \u009b31m';

/** The violating report with one text in every place that a server, a contract or a report file can fill. */
export function filledWith(text: string): CheckReport {
  return {
    ...conformant,
    verdict: 'violations',
    vendor: text,
    target: text,
    startedAt: text,
    finishedAt: text,
    summary: {
      ...conformant.summary,
      depth: text,
      stopped: text,
      checks: { pass: 1, fail: 1, inconclusive: 0, skipped: 1 },
      findings: { error: 1, warning: 0, note: 0 },
    },
    checks: [
      check(text, text, 'fail', { ledger: [text], codes: [text], reason: text }),
      check(`p${text}`, text, 'pass', { ledger: [text] }),
      check(`s${text}`, text, 'skipped', { reason: text }),
    ],
    findings: [
      {
        check: text,
        severity: 'error',
        ledger: [text],
        operation: text,
        message: text,
        pointer: text,
        evidence: { exchanges: ['x1'], expected: text, observed: text },
        curl: text,
      },
    ],
    probes: [
      { id: text, title: text, verdict: 'ran', notes: [text], requests: 1 },
      { id: text, title: text, verdict: 'skipped', reason: text, notes: [], requests: 0 },
    ],
    journeys: [
      {
        probe: text,
        operation: text,
        taskId: text,
        end: text,
        submit: 'x1',
        polls: ['x2', 'x3'],
        pollsAtOnce: { first: ['x3'], last: [] },
        downloads: [['x2']],
        results: [{ where: text, bytes: 12, contentType: text, problem: text }],
        callbacks: ['c1'],
        phases: [
          { phase: text, word: text, at: START + 60 },
          { phase: 'failed', word: text, at: START + 162 },
        ],
      },
    ],
    callbacks: [
      { id: 'c1', method: text, path: text, headers: { [text]: text }, body: text, receivedAt: START, answered: 200 },
    ],
    coverage: [
      {
        operation: text,
        part: 'request',
        schema: text,
        pointer: text,
        keyword: text,
        facts: [text],
        kept: 1,
        broken: 1,
      },
      {
        operation: text,
        part: text,
        schema: text,
        pointer: text,
        keyword: text,
        facts: [text],
        kept: 1,
        broken: 0,
        reason: text,
      },
      {
        operation: text,
        part: `s${text}`,
        schema: text,
        pointer: text,
        keyword: text,
        facts: [],
        kept: 0,
        broken: 0,
        reason: text,
      },
    ],
    baseline: {
      startedAt: text,
      new: 1,
      known: 0,
      gone: [{ check: text, severity: 'error', operation: text, pointer: text, message: text }],
      notJudged: 1,
    },
    oracle: {
      name: text,
      version: text,
      judged: 2,
      agreed: 1,
      disagreements: [{ exchange: text, operation: text, side: 'answer', ours: [text], theirs: [] }],
      notJudged: { [text]: 1 },
    },
    dialects: [{ id: text, title: text, exchanges: [text] }],
    exchanges: [
      exchange(1, 'POST', `/${text}`, JSON.stringify({ id: 'task-7f3a', status: text }), {
        probe: text,
        answer: { status: 200, headers: { 'content-type': text, [text]: text }, body: text, bytes: text.length },
      }),
      exchange(2, 'POST', '/', JSON.stringify({ id: 'task-hostile', [text]: text }), { probe: text }),
      exchange(3, 'GET', '/task-hostile', JSON.stringify({ status: text.slice(0, 40), [text]: text })),
    ],
  };
}

export const hostile = filledWith(HOSTILE);
