import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HubConfig } from './config.ts';
import { hubError } from './replies.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: the holder of an API key (default), the ACS, either, a key in `?key=` too (EventSource cannot set headers), or anyone. */
    auth?: 'key' | 'acs' | 'keyOrAcs' | 'keyOrQuery' | 'public';
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const bearer = (request: FastifyRequest): string => /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';

/** Compares against every secret in the same time, whichever matches. */
function oneOf(secrets: readonly string[]): (given: string) => boolean {
  const known = secrets.filter(Boolean).map(digest);
  return (given) => {
    const mine = digest(given);
    return known.reduce((found, secret) => timingSafeEqual(secret, mine) || found, false) && given !== '';
  };
}

/** Says whether a request carries a valid API key, for routes that are kinder to known callers. */
export function keyHolder(config: HubConfig): (request: FastifyRequest) => boolean {
  const isKey = oneOf(config.apiKeys);
  return (request) => isKey(bearer(request));
}

/** Every route needs an API key unless its `config.auth` says otherwise, unknown addresses included. */
export function guard(app: FastifyInstance, config: HubConfig): void {
  const isKey = oneOf(config.apiKeys);
  const isAcs = oneOf([config.acsToken]);
  app.addHook('onRequest', async (request) => {
    const url = request.routeOptions.url ?? '';
    const auth = url === '/docs' || url.startsWith('/docs/') ? 'public' : (request.routeOptions.config.auth ?? 'key');
    if (auth === 'public') return;
    const token = bearer(request) || (auth === 'keyOrQuery' ? String((request.query as { key?: unknown }).key ?? '') : '');
    const key = isKey(token);
    const acs = isAcs(token);
    if (auth === 'acs' ? acs : auth === 'keyOrAcs' ? acs || key : key) return;
    if (key || acs) throw hubError('unauthorised', 'forbidden', 'This key may not do that.', auth === 'acs' ? 'Only the ACS may, with its own token.' : "Use an API key; the ACS token is for the ACS's own calls.");
    throw hubError('unauthorised', 'authenticate', 'A valid API key is needed.', 'Send `Authorization: Bearer <key>`; keys are set in LEADLIGHT_API_KEYS.');
  });
}
