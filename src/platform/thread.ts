import { Worker } from 'node:worker_threads';

/**
 * Starts a module on a thread of its own, with a copy of `data` and without this process's environment, where keys may
 * stand. `module` is JavaScript, or TypeScript where the sources are run: then the thread is given a loader first,
 * because it does not take over the one of this thread.
 */
export function startThread(module: URL, data: unknown): Worker {
  const options = { workerData: data, env: {} };
  if (!module.pathname.endsWith('.ts')) return new Worker(module, options);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { register } from ${loader}; register(); await import(${JSON.stringify(module.href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}
