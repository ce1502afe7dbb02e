import { BlockList, isIP } from 'node:net';

/** How far away an address is: this machine, a network of its owner, or anybody's. */
export type Reach = 'loopback' | 'private' | 'public';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const inner = new BlockList();
const inner4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
];
for (const [net, bits] of inner4) inner.addSubnet(net, bits, 'ipv4');
const inner6: readonly [string, number][] = [
  ['::', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];
for (const [net, bits] of inner6) inner.addSubnet(net, bits, 'ipv6');

/** An IPv4 address that is written as IPv6 (`::ffff:7f00:1`) is what it stands for: BlockList sees through it. */
export function reachOfAddress(address: string): Reach {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(address, family)) return 'loopback';
  return inner.check(address, family) ? 'private' : 'public';
}

/** The reach of a URL's host as far as its name tells: a host name is public until it is looked up. */
export function reachOfHost(hostname: string): Reach {
  const name = hostname.toLowerCase().replace(/^\[|\]$|\.$/g, '');
  if (isIP(name) !== 0) return reachOfAddress(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return 'loopback';
  return name.endsWith('.local') || name.endsWith('.internal') || !name.includes('.') ? 'private' : 'public';
}
