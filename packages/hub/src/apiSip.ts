// ---- SIP accounts: PUT|GET|DELETE /v1/devices/{serial}/sip-account, POST …/suspend|resume. User, domain and password are those of the device's settings ----
/** `notManaged`: this hub has no Routr, so the account is kept somewhere else. `unprotected`: without credentials, which Routr lets anybody use. */
export type SipAccountStatus = 'active' | 'suspended' | 'absent' | 'unprotected' | 'notManaged';
/** Never with the password. `aor` is `sip:<username>@<domain>`; it was read back. */
export interface SipAccountState { readonly type: 'sipAccount'; readonly serial: string; readonly orderId: string; readonly username: string; readonly domain: string; readonly aor: string; readonly state: SipAccountStatus; readonly changed: boolean }
