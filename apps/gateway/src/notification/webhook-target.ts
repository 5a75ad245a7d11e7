import { BlockList, isIP } from 'node:net';
import { CodedError } from '@lastcopy/kernel';

export interface TargetRules {
  /** Hosts (`name`, `name:port`, `*.name`), addresses and networks. */
  allowList: readonly string[];
  /** Loopback may be reached, and in plain text: in development. */
  loopback: boolean;
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string?];
    if (!isIP(address)) continue;
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}

/** What no stranger's name may lead to: this machine, private networks, link-local (cloud metadata), and whatever is not of the internet. */
const notPublic = blockListOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...[
    '::/128',
    '::1/128',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
    'fc00::/7',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
  ],
]);
const loopbackAddresses = blockListOf(['127.0.0.0/8', '::1/128']);

/** An IPv4 address in IPv6 clothes is that IPv4 address. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([0-9a-f]{1,4}):([0-9a-f]{1,4}))$/i.exec(address);
  if (!mapped) return address;
  if (mapped[1]) return mapped[1];
  const [high, low] = [parseInt(mapped[2]!, 16), parseInt(mapped[3]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether a connection to this address may be made. The name it came from was admitted before. */
export function addressAllowed(written: string, { allowList, loopback }: TargetRules): boolean {
  const address = plainAddress(written);
  const kind = family(address);
  if (blockListOf(allowList).check(address, kind)) return true;
  if (loopback && loopbackAddresses.check(address, kind)) return true;
  return !notPublic.check(address, kind);
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || (isIP(host) !== 0 && loopbackAddresses.check(plainAddress(host), family(plainAddress(host))));

function hostListed(url: URL, allowList: readonly string[]): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (isIP(host)) return blockListOf(allowList).check(plainAddress(host), family(plainAddress(host)));
  return allowList.some((entry) => {
    const [name, wantedPort] = entry.split(':') as [string, string?];
    if (wantedPort !== undefined && wantedPort !== port) return false;
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) : host === name;
  });
}

const refuse = (detail: string): never => {
  throw new CodedError('VALIDATION_FAILED', `A webhook cannot lead there: ${detail}`, {
    details: { errors: [{ pointer: '/url', detail }] },
  });
};

/** The address of a webhook when its name may be used. Throws VALIDATION_FAILED; never names the credentials of an address. */
export function webhookUrl(text: string, rules: TargetRules): URL {
  if (!URL.canParse(text)) return refuse('it is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('it must be an https URL');
  if (url.username || url.password) return refuse('it must not contain a user or a password: the signature says who sends');
  if (url.hash) return refuse('it must not contain a fragment');
  if (rules.loopback && isLoopbackHost(hostOf(url))) return url;
  if (url.protocol !== 'https:') return refuse('outside this machine it must be https');
  if (!hostListed(url, rules.allowList)) return refuse(`${url.host} is not on WEBHOOK_ALLOW_LIST; ask who runs the gateway to add it`);
  return url;
}
