import type { CallbackRules } from '../../src/contract/callback-rules.js';
import { type Reach, reachOfHost } from '../../src/platform/address-reach.js';

/**
 * Whose rules an address must satisfy. `loopback`: plain http to this machine, so that nobody else is ever called.
 * `vendor`: the contract's own rules.
 */
export type CallbackPolicy = 'loopback' | 'vendor';

export type CallbackAddress =
  | { readonly ok: true; readonly url: string; readonly reach: Reach }
  | { readonly ok: false; readonly message: string };

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };

function ruleBroken(url: URL, reach: Reach, rules: CallbackRules, policy: CallbackPolicy): string | undefined {
  if (policy === 'loopback') {
    return url.protocol === 'http:' && reach === 'loopback'
      ? undefined
      : 'must be plain http to this machine, such as http://127.0.0.1:3000/hook: this mock calls nobody else';
  }
  if (url.protocol !== 'https:' && (rules.httpsOnly === true || url.protocol !== 'http:'))
    return rules.httpsOnly === true ? 'must use https' : 'must use http or https';
  if (rules.privateRefused === true && reach !== 'public') return 'must not lead into a private network';
  const port = url.port === '' ? usualPorts[url.protocol] : Number(url.port);
  if (rules.ports !== undefined && !rules.ports.includes(port ?? 0))
    return `may only name the ports ${rules.ports.join(' and ')}`;
  return undefined;
}

/** The address that will be called, or what a client is told who may not have it called. */
export function readCallbackUrl(text: unknown, rules: CallbackRules, policy: CallbackPolicy): CallbackAddress {
  if (typeof text !== 'string' || !URL.canParse(text)) return { ok: false, message: 'must be a URL' };
  if (rules.maxLength !== undefined && text.length > rules.maxLength)
    return { ok: false, message: `must not be longer than ${rules.maxLength} characters` };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { ok: false, message: 'must not hold a user or password' };
  const reach = reachOfHost(url.hostname);
  const message = ruleBroken(url, reach, rules, policy);
  if (message !== undefined) return { ok: false, message };
  if (rules.suffix !== undefined) url.pathname = url.pathname.replace(/\/+$/, '') + rules.suffix;
  url.hash = '';
  return { ok: true, url: url.href, reach };
}
