import * as ajv from 'ajv/dist/2020.js';

/** The libraries that the mock loads when it first needs them are part of its browser build. */
const bundled: Readonly<Record<string, unknown>> = { 'ajv/dist/2020.js': ajv };

export const createRequire = () => (name: string) => {
  if (name in bundled) return bundled[name];
  throw new Error(`${name} is not part of this build for browsers`);
};
