import type { Channel } from './channel.ts';

/** What carries the key it was made for. Routr keeps it and does not read it. */
interface Extended { readonly fields?: Readonly<Record<string, { readonly stringValue?: string }>> }
export interface Domain { readonly ref: string; readonly name: string; readonly domainUri: string }
export interface Credentials { readonly ref: string; readonly name: string; readonly username: string; readonly password: string; readonly extended: Extended | null }
export interface Agent {
  readonly ref: string;
  readonly name: string;
  readonly username: string;
  readonly privacy: string;
  readonly enabled: boolean;
  readonly maxContacts: number;
  readonly expires: number;
  readonly domain: Domain | null;
  readonly credentials: Credentials | null;
  readonly extended: Extended | null;
}
export interface AgentWanted { readonly name: string; readonly username: string; readonly domainRef: string; readonly credentialsRef: string; readonly key: string }
export interface CredentialsWanted { readonly name: string; readonly username: string; readonly password: string; readonly key: string }

const PAGE = 200;
const stamp = (key: string) => ({ fields: { leadlightKey: { stringValue: key } } });
/** The key an agent or a set of credentials was made for; null when it was made by somebody else. */
export const keyOf = ({ extended }: { readonly extended: Extended | null }): string | null => extended?.fields?.['leadlightKey']?.stringValue ?? null;

/** The calls behind an account, one by one; deciding is the business of `accounts`. @example await resources(channel).agents.named('ord_1') */
export function resources(channel: Channel) {
  /** The token of the page after is given even with the last page; a short page is the last. */
  async function* all<T extends { readonly ref: string }>(operation: string): AsyncGenerator<T> {
    for (let pageToken = ''; ; ) {
      const { items } = await channel.call<{ items: readonly T[] }>(operation, { pageSize: PAGE, ...(pageToken ? { pageToken } : {}) });
      yield* items;
      const last = items.at(-1)?.ref;
      if (items.length < PAGE || last === undefined || last === pageToken) return;
      pageToken = last;
    }
  }
  const first = async <T>(operation: string, fieldName: string, fieldValue: string): Promise<T | undefined> => (await channel.call<{ items: readonly T[] }>(operation, { fieldName, fieldValue })).items[0];

  return {
    domains: {
      named: (uri: string) => first<Domain>('Domains.FindBy', 'domainUri', uri),
      all: () => all<Domain>('Domains.List'),
      create: (uri: string) => channel.call<Domain>('Domains.Create', { name: uri.slice(0, 60), domainUri: uri }, true),
    },
    agents: {
      named: (username: string) => first<Agent>('Agents.FindBy', 'username', username),
      all: () => all<Agent>('Agents.List'),
      create: ({ key, ...wanted }: AgentWanted) => channel.call<Agent>('Agents.Create', { ...wanted, privacy: 'NONE', enabled: true, extended: stamp(key) }, true),
      /** What an update leaves out is taken away: the domain, the credentials, the privacy and the expiry. So everything goes along. */
      update: (agent: Agent, change: { readonly enabled?: boolean; readonly credentialsRef?: string }) =>
        channel.call<Agent>('Agents.Update', {
          ref: agent.ref, name: agent.name, privacy: agent.privacy, enabled: agent.enabled, maxContacts: agent.maxContacts, expires: agent.expires,
          ...(agent.domain ? { domainRef: agent.domain.ref } : {}), ...(agent.credentials ? { credentialsRef: agent.credentials.ref } : {}), ...change,
        }, true),
      delete: (ref: string) => channel.call<object>('Agents.Delete', { ref }, true),
    },
    credentials: {
      get: (ref: string) => channel.call<Credentials>('Credentials.Get', { ref }),
      /** Names of credentials are not unique and they cannot be searched: the list is read, newest first. */
      async madeFor(key: string): Promise<readonly Credentials[]> {
        const found: Credentials[] = [];
        for await (const one of all<Credentials>('Credentials.List')) if (keyOf(one) === key) found.push(one);
        return found;
      },
      create: ({ key, ...wanted }: CredentialsWanted) => channel.call<Credentials>('Credentials.Create', { ...wanted, extended: stamp(key) }, true),
      update: ({ ref, name, username }: Credentials, password: string) => channel.call<Credentials>('Credentials.Update', { ref, name, username, password }, true),
      delete: (ref: string) => channel.call<object>('Credentials.Delete', { ref }, true),
    },
  };
}
export type Resources = ReturnType<typeof resources>;
