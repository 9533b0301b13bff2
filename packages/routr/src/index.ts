export { accounts, type SipAccount, type SipAccounts, type SipChange, type SipOwned, type SipState, type SipWanted } from './accounts.ts';
export { openChannel, type Channel, type ChannelOptions } from './channel.ts';
export { methods, type Method } from './codec.ts';
export { descriptor, services } from './descriptor.ts';
export { routrError } from './failures.ts';
export { keyOf, resources, type Agent, type Credentials, type Domain, type Resources } from './resources.ts';
export { routr, type Routr, type RoutrSeen } from './routr.ts';
