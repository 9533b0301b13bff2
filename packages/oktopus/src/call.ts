import { fromSendFailure, isSendFailure, isVendorError, readJson, type Clock, type HttpReply, type HttpRequest, type Send, type VendorError } from '../../../core/src/index.ts';
import { failure, fromReply, rejected, VENDOR } from './errors.ts';

/** A user of Oktopus. Device routes need any user; nothing here needs an administrator. */
export interface Login { readonly email: string; readonly password: string }

/** Oktopus' tokens live for 24 hours and cannot be renewed; one is replaced in time by our own clock, which the server's need not match. */
const TOKEN_LIFE_MS = 23 * 3_600_000;
/** Oktopus looks the device up (10 s) and then waits for its answer (10 s). */
const PATIENCE_MS = 30_000;
const READ_ATTEMPTS = 3;

export interface Wire {
  readonly clock: Clock;
  /** Sent once, or twice when the token had run out: then the first did nothing. Statuses in `also` are replies too. */
  ask(operation: string, request: HttpRequest, write: boolean, also?: readonly number[]): Promise<HttpReply>;
  /** A read of Oktopus' own tables: repeated when a service is away. */
  read(operation: string, path: string, query: HttpRequest['query'], also?: readonly number[]): Promise<HttpReply>;
}

/**
 * The shape every resource file speaks through: the login and its token, sent raw since `Bearer` is refused; one renewal and one replay
 * after a 401; a login that was refused is not tried again by this client.
 * @example await wire(send, clock, { email, password }).read('devices.get', '/api/device', { id: 'SN1' });
 */
export function wire(send: Send, clock: Clock, login: Login): Wire {
  let token: { readonly value: string; readonly since: number } | undefined;
  let entering: Promise<string> | undefined;
  let refused: VendorError | undefined;

  async function exchange(operation: string, request: HttpRequest, write: boolean): Promise<HttpReply> {
    try {
      return await send(request);
    } catch (error) {
      if (isSendFailure(error)) throw fromSendFailure(error, VENDOR, operation, write);
      throw error;
    }
  }

  async function enter(): Promise<string> {
    if (refused) throw refused;
    if (!login.email || !login.password) throw rejected('login', 'E-mail and password of an Oktopus user are needed.', 'Fill in both.');
    const reply = await exchange('login', { method: 'PUT', path: '/api/auth/login', body: { email: login.email, password: login.password } }, false);
    if (reply.status === 401) {
      refused = failure('login', { kind: 'unauthorised', status: 401, message: 'Oktopus refused the e-mail or the password.', hint: 'Correct them; this was tried once.' });
      throw refused;
    }
    if (reply.status !== 200) throw fromReply(reply, 'login', false);
    const value = readJson(reply, VENDOR, 'login');
    if (typeof value !== 'string' || value === '') throw failure('login', { kind: 'unexpectedReply', status: 200, message: 'Something answered the login, but not with a token of Oktopus.', hint: 'Does the base URL point at the controller (port 8000)?' });
    token = { value, since: Date.parse(clock.now()) };
    return value;
  }

  async function current(spent?: string): Promise<string> {
    const age = Date.parse(clock.now()) - (token?.since ?? 0);
    if (token && token.value !== spent && age >= 0 && age < TOKEN_LIFE_MS) return token.value;
    entering ??= enter().finally(() => (entering = undefined));
    return entering;
  }

  const ask: Wire['ask'] = async (operation, request, write, also = []) => {
    const go = async (value: string) => exchange(operation, { timeoutMs: PATIENCE_MS, ...request, headers: { ...request.headers, authorization: value } }, write);
    const first = await current();
    let reply = await go(first);
    if (reply.status === 401) reply = await go(await current(first));
    if (reply.status !== 200 && !also.includes(reply.status)) throw fromReply(reply, operation, write);
    return reply;
  };

  return {
    clock,
    ask,
    read: async (operation, path, query, also) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await ask(operation, { method: 'GET', path, ...(query ? { query } : {}) }, false, also);
        } catch (error) {
          if (!isVendorError(error) || !(error.kind === 'unavailable' || error.kind === 'timedOut') || attempt >= READ_ATTEMPTS) throw error;
          await clock.sleep(400 * 2 ** (attempt - 1));
        }
      }
    },
  };
}

/** A serial that can stand in Oktopus' own message subjects; others reach another device or none (acs.md 3.6). @throws VendorError rejectedInput */
export function checkSerial(operation: string, serial: string): string {
  const clean = serial.trim();
  if (!/^[^\s.*>/\\,\u0000-\u001f\u007f]{1,128}$/.test(clean)) throw rejected(operation, 'This serial number cannot be addressed through Oktopus.', 'It must not be empty nor hold spaces, dots, stars, slashes, commas or ">".');
  return clean;
}
