import { type Body, type Reply, rewrite } from '../servers/kit.js';
import { type Variant, variant } from './mutant.js';

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

function withHeaders(reply: Reply, headers: Record<string, string>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Puts another text in for every message. */
function worded(text: string) {
  return (reply: Reply): Reply =>
    reply.status < 400
      ? reply
      : rewrite(
          reply,
          (body) => JSON.parse(JSON.stringify(body), (key, value) => (key === 'message' ? text : value)) as Body,
        );
}

/** What any server may do. Some count requests, so a list is made for each run. */
export function commonVariants(throttled: Body): Variant[] {
  let asked = 0;
  return [
    variant('plain', 'nothing special', {}),
    variant('extra-fields', 'answers have fields that no page names', {
      reply: (reply) => rewrite(reply, (body) => ({ ...body, request_id: 'r-1', meta: { region: 'eu', notes: [] } })),
    }),
    variant('extra-headers', 'answers have headers that no page names', {
      reply: (reply) =>
        withHeaders(reply, {
          'x-ratelimit-remaining': '59',
          'cf-ray': '8f1',
          vary: 'Origin',
          'cache-control': 'no-store',
        }),
    }),
    variant('other-key-order', 'fields come in another order', {
      reply: (reply) => rewrite(reply, (body) => reversed(body) as Body),
    }),
    variant('charset', 'the content type names its charset', {
      reply: (reply) =>
        reply.body === undefined ? reply : withHeaders(reply, { 'content-type': 'application/json; charset=UTF-8' }),
    }),
    variant('indented', 'JSON is written with blanks and line breaks', {
      reply: (reply) =>
        reply.body === undefined
          ? reply
          : {
              ...withHeaders(reply, { 'content-type': 'application/json' }),
              raw: `${JSON.stringify(reply.body, null, 2)}\n`,
            },
    }),
    variant('chinese-messages', 'messages are Chinese', { reply: worded('有一个参数写错了') }),
    variant('japanese-messages', 'messages are Japanese', { reply: worded('リクエストが正しくありません') }),
    variant('challenge', 'a wrong key is told how to do better', {
      reply: (reply) =>
        reply.status === 401 ? withHeaders(reply, { 'www-authenticate': 'Bearer realm="api"' }) : reply,
    }),
    variant('unrouted-404', 'a wrong method is an unknown route', {
      unrouted: ({ headers: _, ...reply }) =>
        reply.status === 405
          ? {
              ...rewrite(
                reply,
                (body) => JSON.parse(JSON.stringify(body), (_key, value) => (value === 405 ? 404 : value)) as Body,
              ),
              status: 404,
            }
          : reply,
    }),
    variant('redirected-images', 'images are behind two redirects', {
      file: (reply, { origin, path, query }) => {
        const hop = Number(query.get('hop') ?? 0);
        const alpha = query.has('alpha') ? '&alpha=1' : '';
        return hop < 2
          ? { status: 302 + 5 * hop, headers: { location: `${origin}${path}?hop=${hop + 1}${alpha}` } }
          : reply;
      },
    }),
    variant('signed-images', 'addresses of images are signed anew in each answer', {
      url: (url, _job, poll) =>
        `${url}${url.includes('?') ? '&' : '?'}signature=${poll}f00d&expires=${1_800_000_000 + poll}`,
    }),
    variant('untyped-images', 'images have no telling content type', {
      file: (reply) => withHeaders(reply, { 'content-type': 'application/octet-stream' }),
    }),
    variant('cached-images', 'images can be cached', {
      file: (reply) =>
        withHeaders(reply, { etag: '"1"', 'cache-control': 'public, max-age=86400', 'accept-ranges': 'bytes' }),
    }),
    variant('throttled', 'every ninth request is told to come back later', {
      gate() {
        asked += 1;
        return asked % 9 === 0 ? { status: 429, headers: { 'retry-after': '1' }, body: throttled } : undefined;
      },
    }),
  ];
}

/** What any server with tasks may do. */
export function pollVariants(): Variant[] {
  let made = 0;
  return [
    variant('instant', 'tasks have ended before the first poll', { job: (job) => ({ ...job, queuedMs: 0, runMs: 0 }) }),
    variant('five-times-slower', 'tasks take five times as long', {
      job: (job) => ({ ...job, queuedMs: job.queuedMs * 5, runMs: job.runMs * 5 }),
    }),
    variant('never-queued', 'tasks run at once', { job: (job) => ({ ...job, queuedMs: 0 }) }),
    variant('uneven', 'tasks take very different times', {
      job: (job) => ({ ...job, runMs: job.runMs * (1 + (job.id.charCodeAt(job.id.length - 8) % 7)) }),
    }),
    variant('moderates-at-submit', 'a prompt that breaks the policy is refused at once', {
      problem: (problem, { prompt }) =>
        problem ?? (String(prompt).includes('policy violation') ? 'The prompt is not allowed' : undefined),
    }),
    variant('fails-now-and-then', 'every seventh task fails by chance', {
      job(job) {
        made += 1;
        return made % 7 === 0 ? { ...job, fails: true } : job;
      },
    }),
  ];
}
