import { isVendorError, type VendorError } from '../../../core/src/index.ts';
import { failed } from './failures.ts';
import { keyOf, type Agent, type Credentials, type Domain, type Resources } from './resources.ts';

/** `unprotected`: it has no credentials, and Routr then lets in whoever calls himself "undefined". */
export type SipState = 'active' | 'suspended' | 'unprotected';
export interface SipAccount {
  readonly ref: string;
  readonly username: string;
  readonly domain: string;
  /** `sip:<username>@<domain>` */
  readonly aor: string;
  readonly state: SipState;
}
export interface SipChange extends SipAccount { readonly changed: boolean }
/** `key`: what the account is for, an order for one; an account with another key, or none, is never touched. */
export interface SipWanted { readonly key: string; readonly username: string; readonly domain: string; readonly password: string }
export type SipOwned = Pick<SipWanted, 'key' | 'username'>;

const told = (agent: Agent): SipAccount => {
  const domain = agent.domain?.domainUri ?? '';
  return { ref: agent.ref, username: agent.username, domain, aor: `sip:${agent.username}@${domain}`, state: !agent.enabled ? 'suspended' : agent.credentials ? 'active' : 'unprotected' };
};
const nameOf = (username: string): string => `Leadlight ${username}`.slice(0, 60);

/**
 * SIP accounts: an agent with its credentials in a domain that exists (S1-170). Every write is sent once; after silence it is looked at.
 * Success always means: read back.
 * @example await accounts(resources(channel)).ensure({ key: 'ord_1', username: 'ord_1', domain: 'sip.example.ca', password })
 */
export function accounts({ agents, credentials, domains }: Resources) {
  /** A write whose answer got lost is looked after, never sent again. */
  async function sent(write: () => Promise<unknown>, happened: () => Promise<boolean>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (!isVendorError(error) || error.outcome !== 'unknown' || !(await happened())) throw error;
    }
  }
  const notConfirmed = (operation: string, what: string): VendorError =>
    failed(operation, { cause: 'changeNotConfirmed', kind: 'unexpectedReply', outcome: 'unknown', message: `Routr accepted the change, but ${what}.`, hint: 'Read the account again; then look at Routr’s database.' });

  function owned(operation: string, agent: Agent, key: string): Agent {
    if (keyOf(agent) === key) return agent;
    throw failed(operation, { cause: 'accountOfAnother', kind: 'conflict', message: `The user ${agent.username} of Routr was made for something else.`, hint: 'Choose another user name: in Routr it is unique over all domains. Or delete that agent.' });
  }
  async function mine(operation: string, { key, username }: SipOwned): Promise<Agent> {
    const agent = await agents.named(username);
    if (!agent) throw failed(operation, { cause: 'noAccount', kind: 'notFound', message: `Routr has no user ${username}.`, hint: 'Ensure the account first.' });
    return owned(operation, agent, key);
  }
  /** Those an earlier try left behind, or new ones. */
  async function credentialsFor({ key, username, password }: Omit<SipWanted, 'domain'>): Promise<{ readonly one: Credentials; readonly made: boolean }> {
    const [there] = await credentials.madeFor(key);
    if (there) return { one: there, made: false };
    let made: Credentials | undefined;
    await sent(async () => { made = await credentials.create({ key, username, password, name: nameOf(username) }); }, async () => { [made] = await credentials.madeFor(key); return made !== undefined; });
    return { one: made!, made: true };
  }
  /** The credentials of an agent open to this password and to no other. */
  async function keepPassword(operation: string, agent: Agent, wanted: Omit<SipWanted, 'domain'>): Promise<boolean> {
    let [wrote, current] = [false, agent.credentials];
    if (!current) {
      current = (await credentialsFor(wanted)).one;
      const { ref } = current;
      await sent(() => agents.update(agent, { credentialsRef: ref }), async () => (await agents.named(agent.username))?.credentials?.ref === ref);
      wrote = true;
    }
    if (current.password !== wanted.password) {
      const before = current;
      await sent(() => credentials.update(before, wanted.password), async () => (await credentials.get(before.ref)).password === wanted.password);
      wrote = true;
    }
    if (wrote && (await agents.named(agent.username))?.credentials?.password !== wanted.password) throw notConfirmed(operation, 'the account does not have its password');
    return wrote;
  }
  async function keepEnabled(operation: string, agent: Agent, enabled: boolean): Promise<boolean> {
    if (agent.enabled === enabled) return false;
    const now = async () => (await agents.named(agent.username))?.enabled === enabled;
    await sent(() => agents.update(agent, { enabled }), now);
    if (!(await now())) throw notConfirmed(operation, `the account is still ${enabled ? 'suspended' : 'enabled'}`);
    return true;
  }
  async function make(home: Domain, wanted: SipWanted): Promise<boolean> {
    const { one, made } = await credentialsFor(wanted);
    let created = true;
    try {
      await sent(() => agents.create({ key: wanted.key, username: wanted.username, name: nameOf(wanted.username), domainRef: home.ref, credentialsRef: one.ref }), async () => (await agents.named(wanted.username)) !== undefined);
    } catch (error) {
      // Somebody was faster. Older releases say so with INVALID_ARGUMENT.
      const taken = isVendorError(error) && (error.status === 6 || (error.status === 3 && /already exist/.test(String(error.detail?.['details']))));
      if (!taken) throw error;
      created = false;
    }
    const agent = await agents.named(wanted.username);
    if (made && agent && agent.credentials?.ref !== one.ref) await credentials.delete(one.ref).catch(() => undefined);
    return created;
  }
  const changed = async (operation: string, owner: SipOwned, yes: boolean): Promise<SipChange> => ({ ...told(await mine(operation, owner)), changed: yes });

  return {
    /** How an account stands; undefined when there is none. @throws VendorError conflict when the name belongs to something else. */
    async get({ key, username }: SipOwned): Promise<SipAccount | undefined> {
      const agent = await agents.named(username);
      return agent && told(owned('accounts.get', agent, key));
    },

    /**
     * Exactly one account for a key, open to this password. One that is suspended stays suspended. Again with the same: nothing is written.
     * @throws VendorError notFound for a domain Routr does not have; conflict when the name, or the account, is another's.
     */
    async ensure(wanted: SipWanted): Promise<SipChange & { readonly created: boolean }> {
      const operation = 'accounts.ensure';
      const { key, username, domain } = wanted;
      if (!/^[^\s@:]{3,60}$/.test(username)) throw failed(operation, { cause: 'username', kind: 'rejectedInput', message: 'A user name of Routr is 3 to 60 signs without blanks, @ and colons.', hint: 'Shorten it.' });
      const home = await domains.named(domain);
      if (!home) throw failed(operation, { cause: 'noDomain', kind: 'notFound', message: `Routr has no domain ${domain}.`, hint: 'Create it in Routr: which networks and outgoing numbers it has is the operator’s choice.' });
      const created = (await agents.named(username)) ? false : await make(home, wanted);
      const agent = await mine(operation, { key, username });
      if (agent.domain?.ref !== home.ref) throw failed(operation, { cause: 'otherDomain', kind: 'conflict', message: `The account ${username} is in another domain than ${domain}.`, hint: 'Remove it first, or keep its domain.' });
      const repaired = agent.enabled ? await keepPassword(operation, agent, wanted) : false;
      return { ...(await changed(operation, wanted, created || repaired)), created };
    },

    /** Another password for an account that is there. A suspended one gets it when it is resumed. */
    async setPassword(wanted: Omit<SipWanted, 'domain'>): Promise<SipChange> {
      const agent = await mine('accounts.setPassword', wanted);
      return changed('accounts.setPassword', wanted, agent.enabled ? await keepPassword('accounts.setPassword', agent, wanted) : false);
    },

    /**
     * No call goes out any more and the phone registers no more. Routr itself does not look at `enabled`, so the password is put away too:
     * first that, so that `suspended` is never said of an account that still opens.
     * @param parked a random password nobody is told.
     */
    async suspend({ parked, ...wanted }: Omit<SipWanted, 'domain'> & { readonly parked: string }): Promise<SipChange> {
      const operation = 'accounts.suspend';
      const agent = await mine(operation, wanted);
      const opens = !agent.credentials || agent.credentials.password === wanted.password;
      const put = opens || agent.enabled ? await keepPassword(operation, agent, { ...wanted, password: parked }) : false;
      const switched = await keepEnabled(operation, await mine(operation, wanted), false);
      return changed(operation, wanted, put || switched);
    },
    /** The undo of `suspend`. */
    async resume(wanted: Omit<SipWanted, 'domain'>): Promise<SipChange> {
      const operation = 'accounts.resume';
      const switched = await keepEnabled(operation, await mine(operation, wanted), true);
      const put = await keepPassword(operation, await mine(operation, wanted), wanted);
      return changed(operation, wanted, switched || put);
    },

    /** Takes the agent away, then its credentials, and sees both gone. Not there already is fine. */
    async remove({ key, username }: SipOwned): Promise<{ readonly changed: boolean }> {
      const operation = 'accounts.remove';
      const agent = await agents.named(username);
      if (agent) {
        owned(operation, agent, key);
        // Routr says yes to a deletion that failed.
        await sent(() => agents.delete(agent.ref), async () => !(await agents.named(username)));
        if (await agents.named(username)) throw notConfirmed(operation, 'the account is still there');
      }
      const left = await credentials.madeFor(key);
      for (const { ref } of left) await sent(() => credentials.delete(ref), async () => !(await credentials.madeFor(key)).some((one) => one.ref === ref));
      if (left.length > 0 && (await credentials.madeFor(key)).length > 0) throw notConfirmed(operation, 'its credentials are still there');
      return { changed: agent !== undefined || left.length > 0 };
    },
  };
}
export type SipAccounts = ReturnType<typeof accounts>;
