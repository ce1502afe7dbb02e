/** Addresses as the mock sorts them, where there are no sockets. */
const parts4 = (address: string) => address.split('.').map(Number);

export function isIP(text: string): 0 | 4 | 6 {
  if (/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) return parts4(text).every((part) => part < 256) ? 4 : 0;
  return text.includes(':') && /^[0-9a-f:.]+$/i.test(text) ? 6 : 0;
}

const number4 = (address: string) => parts4(address).reduce((sum, part) => sum * 256 + part, 0);

/** Knows IPv4 networks; of IPv6 only whole addresses, so that everything else there counts as public. */
export class BlockList {
  readonly #networks: { readonly first: number; readonly size: number }[] = [];
  readonly #addresses = new Set<string>();

  addSubnet(network: string, bits: number, family: 'ipv4' | 'ipv6'): void {
    if (family !== 'ipv4') return;
    const size = 2 ** (32 - bits);
    this.#networks.push({ first: Math.floor(number4(network) / size) * size, size });
  }

  addAddress(address: string): void {
    this.#addresses.add(address);
  }

  check(address: string, family: 'ipv4' | 'ipv6'): boolean {
    if (family === 'ipv6') return this.#addresses.has(address);
    const at = number4(address);
    return this.#networks.some(({ first, size }) => at >= first && at < first + size);
  }
}
