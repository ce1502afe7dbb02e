import { Worker } from 'node:worker_threads';

/** What of the environment says how connections are made; keys may stand beside it. */
const kept = ['NODE_TLS_REJECT_UNAUTHORIZED'] as const;

const keptEnvironment = () =>
  Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );

/**
 * Starts a module on a thread of its own, with a copy of `data` and without this process's environment. `module` is
 * JavaScript, or TypeScript where the sources are run: then the thread is given a loader first, because it does not take
 * over the one of this thread.
 */
export function startThread(module: URL, data: unknown): Worker {
  const options = { workerData: data, env: keptEnvironment() };
  if (!module.pathname.endsWith('.ts')) return new Worker(module, options);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { register } from ${loader}; register(); await import(${JSON.stringify(module.href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}
