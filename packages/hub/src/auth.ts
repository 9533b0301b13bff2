import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyContextConfig, FastifyInstance, FastifyRequest } from 'fastify';
import { VendorError } from '../../../core/src/index.ts';
import { EVERYTHING, opens, scopeOf, type ApiKey } from './apiKeys.ts';
import type { HubConfig } from './config.ts';
import { ConfigError } from './readConfig.ts';
import { HUB, hubError } from './replies.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: the holder of an API key (default), the ACS, either, a key in `?key=` too (EventSource cannot set headers), or anyone. */
    auth?: 'key' | 'acs' | 'keyOrAcs' | 'keyOrQuery' | 'public';
    /** A POST that changes nothing says `read`; else the method decides. */
    access?: 'read' | 'write';
    /** What a key needs for this route; worked out from its tag and method, never set by a route. */
    scope?: string;
  }
  interface FastifyRequest {
    /** Name of the key the caller showed, `acs`, or `public`. */
    caller: string;
  }
}

/** One route as the door sees it. */
export interface DoorRoute { readonly method: string; readonly url: string; readonly auth: NonNullable<FastifyContextConfig['auth']>; readonly scope: string; readonly hidden: boolean }

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const bearer = (request: FastifyRequest): string => /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
const isDocs = (url: string): boolean => url === '/docs' || url.startsWith('/docs/');

/** Compares against every key in the same time, whichever matches. */
function holderOf(keys: readonly ApiKey[]): (given: string) => ApiKey | undefined {
  const known = keys.filter(({ key }) => key !== '').map((one) => ({ one, secret: digest(one.key) }));
  return (given) => {
    const mine = digest(given);
    const found = known.reduce<ApiKey | undefined>((so, { one, secret }) => (timingSafeEqual(secret, mine) ? one : so), undefined);
    return given === '' ? undefined : found;
  };
}
const keysOf = (config: HubConfig): readonly ApiKey[] => [...config.apiKeys.map((key, index) => ({ name: `key${index + 1}`, key, scopes: [EVERYTHING] })), ...(config.scopedKeys ?? [])];

/** Says whether a request carries a valid API key, for routes that are kinder to known callers. */
export function keyHolder(config: HubConfig): (request: FastifyRequest) => boolean {
  const holder = holderOf(keysOf(config));
  return (request) => holder(bearer(request)) !== undefined;
}

/**
 * Every route needs an API key unless its `config.auth` says otherwise, unknown addresses included, and the key needs the scope of the
 * route's tag and method. Both stand in the OpenAPI document without the route saying so.
 * @returns every route, filled as they register.
 * @throws ConfigError when the app gets ready and a key has a scope for a tag that no route has.
 */
export function guard(app: FastifyInstance, config: HubConfig): readonly DoorRoute[] {
  const table: DoorRoute[] = [];
  const holder = holderOf(keysOf(config));
  const acsHolder = holderOf([{ name: 'acs', key: config.acsToken, scopes: [] }]);
  const tags = new Set<string>();
  app.decorateRequest('caller', 'public');
  app.addHook('onRoute', (route) => {
    if (isDocs(route.url)) return;
    const { auth = 'key', access } = route.config ?? {};
    const scope = scopeOf({ method: String(route.method), ...(route.schema?.tags ? { tags: route.schema.tags } : {}), ...(access ? { access } : {}) });
    for (const tag of route.schema?.tags ?? []) tags.add(tag);
    table.push({ method: String(route.method), url: route.url, auth, scope, hidden: route.schema?.hide === true });
    route.config = { ...route.config, scope };
    const key = { key: [scope] };
    const security = { key: [key], keyOrQuery: [key, { queryKey: [scope] }], acs: [{ acs: [] }], keyOrAcs: [key, { acs: [] }], public: [] }[auth];
    if (route.schema) route.schema = { ...route.schema, security };
  });
  app.addHook('onReady', async () => {
    const lost = [...new Set((config.scopedKeys ?? []).flatMap(({ scopes }) => scopes))].filter((scope) => !scope.startsWith('*:') && !tags.has(scope.split(':')[0]!));
    if (lost.length > 0) throw new ConfigError([`LEADLIGHT_API_KEYS has scopes for nothing the hub does: ${lost.join(', ')}; it has ${[...tags].sort().join(', ')}`]);
  });
  app.addHook('onRequest', async (request) => {
    const { auth = 'key', scope = '' } = request.routeOptions.config;
    if (auth === 'public' || isDocs(request.routeOptions.url ?? '')) return;
    const token = bearer(request) || (auth === 'keyOrQuery' ? String((request.query as { key?: unknown }).key ?? '') : '');
    const key = holder(token);
    const acs = acsHolder(token);
    const allowed = auth === 'acs' ? acs : (key ?? (auth === 'keyOrAcs' ? acs : undefined));
    if (!allowed && (key || acs)) throw hubError('unauthorised', 'forbidden', 'This key may not do that.', auth === 'acs' ? 'Only the ACS may, with its own token.' : "Use an API key; the ACS token is for the ACS's own calls.");
    if (!allowed) throw hubError('unauthorised', 'authenticate', 'A valid API key is needed.', 'Send `Authorization: Bearer <key>`; keys are set in LEADLIGHT_API_KEYS.');
    request.caller = allowed.name;
    // Nothing at this address has no scope; the answer is that there is nothing.
    if (allowed === key && scope !== '' && !opens(key.scopes, scope)) throw lacks(key, scope);
  });
  return table;
}

function lacks({ name }: ApiKey, scope: string): VendorError {
  return new VendorError({ vendor: HUB, operation: 'forbidden', kind: 'unauthorised', message: `The key "${name}" lacks the scope ${scope}.`, hint: `Use a key that has it, or add ${scope} to this one in LEADLIGHT_API_KEYS.`, detail: { missingScope: scope } });
}
