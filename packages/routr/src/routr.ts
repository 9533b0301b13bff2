import { isVendorError } from '../../../core/src/index.ts';
import { accounts } from './accounts.ts';
import { openChannel, type Channel, type ChannelOptions } from './channel.ts';
import { resources } from './resources.ts';

/** What the doctor looks at. */
export interface RoutrSeen {
  readonly domains: readonly string[];
  readonly accounts: number;
  /** Agents without credentials: Routr lets in whoever calls himself "undefined". */
  readonly unprotected: readonly string[];
}

/**
 * One Routr over its Connect API. Close it when done.
 * @param options `channel` takes the place of the one that would be opened: for a program that counts or disturbs calls.
 * @throws VendorError from every call.
 * @example const r = routr({ address: 'routr:51908', clock }); await r.accounts.get({ key: 'ord_1', username: 'ord_1' }); r.close();
 */
export function routr(options: ChannelOptions | { readonly channel: Channel }) {
  const channel = 'channel' in options ? options.channel : openChannel(options);
  const at = resources(channel);
  return {
    accounts: accounts(at),
    /** A domain by its name; made without networks and numbers when it is not there. */
    async ensureDomain(uri: string): Promise<{ readonly ref: string; readonly created: boolean }> {
      const there = await at.domains.named(uri);
      if (there) return { ref: there.ref, created: false };
      try {
        return { ref: (await at.domains.create(uri)).ref, created: true };
      } catch (error) {
        const made = isVendorError(error) && (error.outcome === 'unknown' || error.status === 6) ? await at.domains.named(uri) : undefined;
        if (!made) throw error;
        return { ref: made.ref, created: true };
      }
    },
    /** Domains and accounts, counted; changes nothing. */
    async look(): Promise<RoutrSeen> {
      const domains: string[] = [];
      for await (const { domainUri } of at.domains.all()) domains.push(domainUri);
      const unprotected: string[] = [];
      let count = 0;
      for await (const { username, credentials } of at.agents.all()) {
        count += 1;
        if (!credentials) unprotected.push(username);
      }
      return { domains, accounts: count, unprotected };
    },
    close: () => channel.close(),
  };
}
export type Routr = ReturnType<typeof routr>;
