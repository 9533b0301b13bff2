import type { Attribute } from '../src/index.ts';

/** What the client sends for a speed change, in its own order. */
export const goldenAttributes: readonly Attribute[] = [
  ['User-Name', 'ord-12@isp'],
  ['Acct-Session-Id', 'S0000001'],
  ['NAS-IP-Address', '127.0.0.1'],
  ['Framed-IP-Address', '100.64.0.10'],
  ['Event-Timestamp', 1_775_048_400],
  ['Mikrotik-Rate-Limit', '20M/300M'],
  ['ERX-Service-Activate:1', 'svc(300m)'],
  ['Delegated-IPv6-Prefix', '2001:db8:100::/56'],
];

/** CoA-Request, id 7, secret `testing123`, as Python's hashlib and hmac make it from RFC 5176's description. */
export const GOLDEN_COA =
  '2b07007b98ddf835663d5106b72222656e8a4a575012e208f7682c4eecc68870ae5c5bf588ad010c6f72642d3132406973702c0a533030303030303104067f0000010806' +
  '6440000a370669cd16d01a1000003a8c080a32304d2f3330304d1a120000130a410c01737663283330306d297b0b003820010db8010000';
