// The SIP accounts in the hub's client.
import type { HttpRequest, Refused } from '../../../core/src/index.ts';
import type { SipAccountState } from './apiSip.ts';

type Call = <T>(operation: string, request: HttpRequest) => Promise<T>;
type Answer = SipAccountState | Refused<'noPhoneLine'>;

/** @example sipClient(call).ensure('RCMG19E01234') */
export function sipClient(call: Call) {
  const ask = (operation: string, method: HttpRequest['method'], tail = '') => (serial: string): Promise<Answer> =>
    call<Answer>(`sipAccounts.${operation}`, { method, path: `/v1/devices/${encodeURIComponent(serial)}/sip-account${tail}`, ...(method === 'POST' || method === 'PUT' ? { body: {} } : {}) });
  return { ensure: ask('ensure', 'PUT'), get: ask('get', 'GET'), suspend: ask('suspend', 'POST', '/suspend'), resume: ask('resume', 'POST', '/resume'), remove: ask('remove', 'DELETE') };
}
