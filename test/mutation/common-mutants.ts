import { bearer, type Reply, rewrite } from '../servers/kit.js';
import { type Mutant, mutant, refuses } from './mutant.js';

const htmlPage: Reply = { status: 404, headers: { 'content-type': 'text/html' }, raw: '<h1>Not found</h1>' };

function isGood({ status }: Reply): boolean {
  return status < 300;
}

function isJson(reply: Reply): boolean {
  return reply.body !== undefined;
}

/** Promises that any HTTP and JSON API makes, whatever the vendor; the reason of an error stands at `message`. */
export const commonMutants: readonly Mutant[] = [
  mutant('serves-without-key', 'H1', 'serves a request without a key', {
    owner: (owner, { headers }) => (headers['authorization'] === undefined ? 'test' : owner),
  }),
  mutant('serves-any-key', 'H1', 'serves a key that nobody has', {
    owner: (owner, asked) => (bearer(asked) === undefined ? owner : (owner ?? 'test')),
  }),
  mutant('serves-any-scheme', 'H1', 'serves a key of another scheme', {
    owner: (owner, { headers }) => (headers['authorization']?.startsWith('Token') ? 'test' : owner),
  }),
  mutant('serves-empty-key', 'H1', 'serves an empty bearer key', {
    owner: (owner, { headers }) => (headers['authorization']?.trim() === 'Bearer' ? 'test' : owner),
  }),
  mutant('wrong-key-is-403', 'H1', 'answers a wrong key with 403', {
    reply: (reply) => (reply.status === 401 ? { ...reply, status: 403 } : reply),
  }),
  mutant('wrong-key-crashes', 'H1', 'fails with 500 on a key that nobody has', {
    reply: (reply, asked) => (reply.status === 401 && bearer(asked) !== undefined ? { ...reply, status: 500 } : reply),
  }),
  mutant('unknown-path-is-page', 'H4', 'answers an unknown path with a web page', { unrouted: () => htmlPage }),
  mutant('unknown-path-is-200', 'H4', 'answers an unknown path with 200', {
    unrouted: (reply) => (reply.status === 404 ? { ...reply, status: 200 } : reply),
  }),
  mutant('no-allow', 'H4', 'leaves Allow out of a 405', {
    unrouted: ({ headers: _, ...reply }) => reply,
  }),
  mutant('unreadable-body-crashes', 'H2', 'fails with 500 on a body that is no JSON', {
    reply: (reply, { method, bytes }) =>
      method === 'POST' && reply.status >= 400 && !String(Buffer.from(bytes)).includes('}')
        ? { ...reply, status: 500 }
        : reply,
  }),
  mutant('html-type', 'H2', 'calls its JSON a web page', {
    reply: (reply) => (isGood(reply) && isJson(reply) ? { ...reply, headers: { 'content-type': 'text/html' } } : reply),
  }),
  mutant('half-json', 'H2', 'sends JSON that does not parse', {
    reply: (reply) =>
      isGood(reply) && isJson(reply)
        ? { status: 200, headers: { 'content-type': 'application/json' }, raw: JSON.stringify(reply.body).slice(0, -1) }
        : reply,
  }),
  mutant('cut-answers', 'H2', 'ends its good answers in the middle', {
    reply: (reply) => (isGood(reply) && isJson(reply) ? { ...reply, cut: true } : reply),
  }),
  mutant('stack-trace', 'H2', 'puts a stack trace into its refusals', {
    reply: (reply) =>
      reply.status === 400
        ? rewrite(reply, (body) => {
            const trace =
              'SyntaxError: Unexpected token\n    at JSON.parse (<anonymous>)\n    at read (/srv/app/body.js:12:9)';
            return JSON.parse(JSON.stringify(body), (key, value) => (key === 'message' ? trace : value));
          })
        : reply,
  }),
  mutant(
    'refuses-scripts',
    'H10',
    'refuses prompts in other scripts',
    refuses(({ prompt }) => /[^ -~]/.test(String(prompt)) && /\u{1F469}/u.test(String(prompt))),
  ),
  mutant(
    'refuses-unknown-field',
    'H3',
    'refuses a field that it does not know',
    refuses((body) => 'proofsheet_unknown' in body),
  ),
  mutant('image-cut', 'H6', 'delivers image files that end early', {
    file: (reply) => (reply.raw === undefined ? reply : { ...reply, raw: (reply.raw as Uint8Array).subarray(0, 600) }),
  }),
  mutant('image-gone', 'H6', 'delivers addresses that lead nowhere', { file: () => ({ status: 404, body: {} }) }),
  mutant('image-is-page', 'H6', 'delivers a web page instead of an image', {
    file: () => ({ status: 200, headers: { 'content-type': 'text/html' }, raw: '<p>Please log in</p>' }),
  }),
  mutant('image-needs-key', 'H6', 'asks for a key where images are fetched', {
    file: (reply, asked) => (bearer(asked) === undefined ? { status: 401, body: {} } : reply),
  }),
  mutant('image-wrong-type', 'H6', 'calls every image a GIF', {
    file: (reply) => ({ ...reply, headers: { 'content-type': 'image/gif' } }),
  }),
  mutant('image-redirects-for-ever', 'H6', 'redirects to an image without end', {
    file: (_, { origin, path }) => ({ status: 302, headers: { location: `${origin}${path}` } }),
  }),
  mutant('image-tiny', 'H6', 'delivers images of another size than asked for', {
    job: (job) => ({ ...job, width: 320, height: 240 }),
  }),
];
