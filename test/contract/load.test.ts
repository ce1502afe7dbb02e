/** A contract file that is wrong is refused with a message that a person can act on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadContract } from '../../src/contract/load-contract.js';
import { ContractError } from '../../src/core/errors.js';

const folder = mkdtempSync(join(tmpdir(), 'proofsheet-contract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function refusal(path: string): Promise<ContractError> {
  const error: unknown = await loadContract(path).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ContractError) return error;
  throw new Error(`expected a ContractError, got ${String(error)}`);
}

const submit = (block: string, more = '') => `openapi: 3.1.1
info: { title: Any, version: 1.0.0 }
paths:
  /jobs:
    post:
      operationId: createJob
      responses: { '200': { description: fine } }
      x-async-task: ${block}
${more}`;

test('a missing file is named', async () => {
  const path = join(folder, 'nowhere.yaml');
  const { message, exitCode } = await refusal(path);
  expect(message).toBe(`${path} is not a usable contract:\n  (whole document): no such file`);
  expect(exitCode).toBe(2);
});

test('a folder is no contract', async () => {
  mkdirSync(join(folder, 'some-folder'));
  expect((await refusal(join(folder, 'some-folder'))).message).toContain('is a folder');
});

test('broken YAML is told with its line and column', async () => {
  const { message } = await refusal(file('broken.yaml', 'openapi: 3.1.1\ninfo:\n  title: "never closed\npaths: {}\n'));
  expect(message).toMatch(/is not YAML at line \d+, column \d+: .*quote/);
});

test('a key that stands there twice is told with its line', async () => {
  const { message } = await refusal(file('twice.yaml', 'openapi: 3.1.1\nopenapi: 3.1.0\n'));
  expect(message).toMatch(/is not YAML at line 2, column 1: .*unique/);
});

test('broken JSON is told', async () => {
  expect((await refusal(file('broken.json', '{"openapi": '))).message).toContain('is not JSON: ');
});

test('a small file that would grow huge through aliases is refused', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 8; n += 1)
    lines.push(
      `a${n}: &a${n} [${Array(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    );
  expect((await refusal(file('aliases.yaml', lines.join('\n')))).message).toMatch(/alias/i);
});

test('something else than an object is refused', async () => {
  expect((await refusal(file('text.yaml', 'just text'))).message).toContain('is not an OpenAPI document');
  expect((await refusal(file('empty.yaml', ''))).message).toContain('is not an OpenAPI document');
});

test('another version of OpenAPI is refused with what was seen and what is allowed', async () => {
  const error = await refusal(file('old.yaml', "openapi: 3.0.3\ninfo: { title: Old, version: '1' }\npaths: {}\n"));
  expect(error.problems).toEqual([
    { pointer: '/openapi', message: 'must be an OpenAPI 3.1 version such as "3.1.1", is "3.0.3"' },
  ]);
});

test('all that is missing is told at once', async () => {
  const { problems } = await refusal(file('bare.yaml', 'swagger: "2.0"\n'));
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/openapi', '/info/title', '/paths']);
});

test('a wrong x-async-task is told with the pointer of each mistake', async () => {
  const { problems, message } = await refusal(
    file(
      'block.yaml',
      submit(`
        mode: later
        request: { prompt: prompt }
        delivery: { sizes: { square: 1024 }, formats: { png: gif } }
        answer: { /id: identity }
        errors: { answer: {}, kinds: { invalidRequest: { status: 200 } } }
        lifetimes: { resultUrl: a day }
        extra: 1`),
    ),
  );
  const block = '/paths/~1jobs/post/x-async-task';
  const pointers = problems.map(({ pointer }) => pointer.replace(block, ''));
  expect(pointers).toEqual(
    expect.arrayContaining([
      '/mode',
      '/request/prompt',
      '/delivery/sizes/square',
      '/delivery/formats/png',
      '/answer/~1id',
      '/errors/kinds/invalidRequest/status',
      '/lifetimes/resultUrl',
    ]),
  );
  expect(message).toContain('must be a JSON pointer such as /data/task_id');
  expect(message).toContain('must be a duration such as 250ms, 5s or 24h');
  expect(message).toContain('extra');
});

const block = `
        mode: poll
        request: { prompt: /prompt }
        delivery: { sizes: { square: 10x10 }, formats: { png: png } }
        answer: { /id: id }
        errors: { answer: {}, kinds: {} }`;

test('a polled task needs an operation to poll', async () => {
  const { problems } = await refusal(file('no-poll.yaml', submit(block)));
  expect(problems).toEqual([
    { pointer: '/paths/~1jobs/post/x-async-task/poll', message: 'is needed where mode is poll' },
  ]);
});

test('the operation to poll must exist', async () => {
  const poll = '\n        poll: { operation: getJob, id: { in: path, name: id }, answer: {} }';
  const { message } = await refusal(file('lost-poll.yaml', submit(block + poll)));
  expect(message).toContain('names no operation of this contract: getJob');
});

test('a block that is like another needs the other', async () => {
  const { problems } = await refusal(file('like.yaml', submit('{ like: createThing }')));
  expect(problems[0]).toEqual({
    pointer: '/paths/~1jobs/post/x-async-task/like',
    message: 'names no operation with x-async-task: createThing',
  });
});

test('an operation needs a name', async () => {
  const path = file('unnamed.yaml', 'openapi: 3.1.0\ninfo: { title: A, version: a }\npaths: { /x: { get: {} } }\n');
  expect((await refusal(path)).problems[0]?.pointer).toBe('/paths/~1x/get/operationId');
});

test('a fact without a mark is refused', async () => {
  const text = "openapi: 3.1.0\ninfo: { title: A, version: a }\npaths: {}\nx-facts: { Z1: { says: 'so' } }\n";
  const { message } = await refusal(file('facts.yaml', text));
  expect(message).toContain('/x-facts/Z1: needs "says" and a "mark" out of S, L, X, D, C, I');
});

test('a contract is named for its file, or for its folder where the file is openapi.*', async () => {
  const text =
    'openapi: 3.1.0\ninfo: { title: Any, version: a }\nservers: [{ url: "https://a.example/" }]\npaths: {}\n';
  mkdirSync(join(folder, 'my-vendor'));
  const named = await loadContract(file('other.yaml', text));
  const foldered = await loadContract(file('my-vendor/openapi.yaml', text));
  expect([named.id, foldered.id]).toEqual(['other', 'my-vendor']);
  expect(named.server).toBe('https://a.example');
  expect(named.submit).toBeUndefined();
});
