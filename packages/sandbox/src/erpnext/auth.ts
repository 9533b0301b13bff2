import type { IncomingHttpHeaders } from 'node:http';
import { FrappeFault } from './fault.ts';

export interface ApiKey {
  readonly key: string;
  readonly secret: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/**
 * Who is calling. No header is Guest; a wrong key or secret is 401; a session cookie beside a write is 400 before the key is looked at.
 */
export function authenticate(keys: readonly ApiKey[], headers: IncomingHttpHeaders, method: string): Pick<ApiKey, 'user' | 'roles'> {
  if (/(^|;\s*)sid=/.test(headers.cookie ?? '') && method !== 'GET' && method !== 'HEAD') throw new FrappeFault(400, 'CSRFTokenError', 'Invalid Request');
  const header = headers.authorization;
  if (header === undefined || header === '') return { user: 'Guest', roles: ['Guest'] };
  const [scheme = '', rest = ''] = header.split(' ');
  const refused = () => new FrappeFault(401, 'AuthenticationError', '');
  if (!/^(token|basic)$/i.test(scheme)) throw refused();
  if (/^basic$/i.test(scheme) && !/^[A-Za-z0-9+/]+=*$/.test(rest)) throw new FrappeFault(400, 'InvalidAuthorizationToken', 'Failed to decode token, please provide a valid base64-encoded token.');
  const pair = /^basic$/i.test(scheme) ? Buffer.from(rest, 'base64').toString('utf8') : rest;
  const at = pair.indexOf(':');
  const found = keys.find((one) => one.key === pair.slice(0, at) && one.secret === pair.slice(at + 1));
  if (at < 0 || !found) throw refused();
  return found;
}
