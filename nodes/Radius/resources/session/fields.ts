import { textField } from '../../../shared/fields.ts';

export const acctSessionId = textField('acctSessionId', 'Session ID', { placeholder: 'e.g. 81d00004', description: 'Acct-Session-Id, as Get Many lists it' });
/** For the options of operations that take one session or all. */
export const onlySession = textField('acctSessionId', 'Session ID', { placeholder: 'e.g. 81d00004', description: 'Only the session with this Acct-Session-Id; without it all of the subscriber' });
export const nasIp = textField('nasIp', 'NAS IP', { placeholder: 'e.g. 10.20.0.1', description: 'Only sessions of the router that reports itself under this address' });
export const ofUser = textField('username', 'Username', { placeholder: 'e.g. sub-000123@isp.example', description: 'Only sessions of this subscriber' });
