// What pgdata keeps and how it answers, as its source of 2.15 does it.
import { randomUUID } from 'node:crypto';
import { GrpcStatus } from '../voltha/grpcStatus.ts';
import type { World } from '../world.ts';

type Row = Record<string, unknown>;
interface Stamped { readonly ref: string; readonly at: number; readonly extended?: unknown; readonly name: string }
export interface SimDomain extends Stamped { readonly domainUri: string }
export interface SimCredentials extends Stamped { readonly username: string; readonly password: string }
export interface SimAgent extends Stamped { readonly username: string; readonly privacy: string; readonly enabled: boolean; readonly maxContacts: number; readonly expires: number; readonly domainRef: string | null; readonly credentialsRef: string | null }
export type Kind = 'Domains' | 'Credentials' | 'Agents';
export interface Tables { readonly Domains: SimDomain[]; readonly Credentials: SimCredentials[]; readonly Agents: SimAgent[] }

const FQDN = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z\u00a1-\uffff]{2,}$/i;
const bad = (message: string): GrpcStatus => new GrpcStatus(3, message);
/** An error of the database without a code of its own; Prisma's sentence repeats the data of the call. */
const unknown = (request: Row): GrpcStatus => new GrpcStatus(2, `\nInvalid \`prisma.create()\` invocation:\n\n{ data: ${JSON.stringify(request)} }\n\nThe provided value for the column is too long.`);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function named(request: Row): void {
  const { name } = request;
  // The validator library throws for undefined, which reaches the caller without a code.
  if (typeof name !== 'string') throw new GrpcStatus(2, 'Expected a string but received a undefined');
  if (name.length < 1 || name.length > 60) throw bad('the friendly name must have less than 60 characters');
}
function user(request: Row): void {
  if (!text(request['username'])) throw bad('the username is required');
  if (text(request['username']).includes(' ')) throw bad('the username must not contain spaces');
}
const CHECK: Readonly<Record<Kind, (request: Row) => void>> = {
  Domains: (request) => { if (!FQDN.test(text(request['domainUri']))) throw bad('the domainUri must be a valid fully qualified domain name'); },
  Credentials: (request) => { user(request); if (!text(request['password'])) throw bad('the password is required'); },
  Agents: user,
};
const UNIQUE: Readonly<Partial<Record<Kind, string>>> = { Domains: 'domainUri', Agents: 'username' };
const COLUMN: Readonly<Record<Kind, string>> = { Domains: 'domain_uri', Agents: 'username', Credentials: '' };
const SEARCHABLE: Readonly<Record<Kind, RegExp>> = { Domains: /^(ref|name|domainUri)$/, Credentials: /^$/, Agents: /^(ref|name|username|enabled|domainRef|credentialsRef)$/ };

/** The three tables and the calls on them. @example const store = routrStore(world); store.create('Domains', { name: 'x', domainUri: 'sip.example.ca' }) */
export function routrStore(world: World) {
  const tables: Tables = { Domains: [], Credentials: [], Agents: [] };
  let count = 0;
  const rows = (kind: Kind): Stamped[] => tables[kind] as Stamped[];
  const find = (kind: Kind, ref: unknown) => rows(kind).findIndex((one) => one.ref === ref);
  const linked = (kind: 'Domains' | 'Credentials', ref: unknown): Row | undefined => { const row = ref ? rows(kind).find((one) => one.ref === ref) : undefined; return row && shown(row as unknown as Row, true); };
  /** What is nested comes without its `extended`: it is not turned into a Struct there. */
  const shown = ({ at, extended, ...row }: Row, nested = false): Row => ({ apiVersion: 'v2', ...row, ...(extended === undefined ? {} : { extended: nested ? {} : extended }), createdAt: Math.floor(Number(at) / 1000), updatedAt: Math.floor(Number(at) / 1000) });
  const reply = (kind: Kind, row: Row): Row => (kind === 'Agents' ? { ...shown(row), domain: linked('Domains', row['domainRef']), credentials: linked('Credentials', row['credentialsRef']) } : shown(row));
  function dependent(request: Row): void {
    for (const [key, kind, constraint] of [['domainRef', 'Domains', 'agents_domain_ref_fkey (index)'], ['credentialsRef', 'Credentials', 'agents_credentials_ref_fkey (index)']] as const) {
      if (request[key] && find(kind, request[key]) < 0) throw bad(`Dependent resource doesn't exist for: ${constraint}`);
    }
  }
  function narrow(request: Row): void {
    for (const [key, limit] of [['username', 60], ['password', 255], ['domainUri', 255]] as const) if (text(request[key]).length > limit) throw unknown(request);
  }

  return {
    tables,
    create(kind: Kind, request: Row): Row {
      if (!text(request['name'])) throw bad('the friendly name for the resource is required');
      named(request);
      CHECK[kind](request);
      narrow(request);
      const unique = UNIQUE[kind];
      if (unique && (rows(kind) as unknown as Row[]).some((one) => one[unique] === request[unique])) throw new GrpcStatus(6, `Resource already exist for field: ${COLUMN[kind]}`);
      if (kind === 'Agents') dependent(request);
      count += 1;
      const defaults = kind === 'Agents' ? { privacy: 'NONE', enabled: true, maxContacts: -1, expires: 0, domainRef: null, credentialsRef: null } : {};
      // Newest first is by creation time; what is made in one millisecond keeps its order here.
      const row = { ...defaults, ...request, ref: randomUUID(), at: world.clock.ms + count / 1000 };
      rows(kind).push(row as never);
      return reply(kind, row);
    },
    update(kind: Kind, request: Row): Row {
      if (!request['ref']) throw bad('the reference to the resource is required');
      named(request);
      if (kind === 'Credentials' && text(request['username']).includes(' ')) throw bad('the username must not contain spaces');
      narrow(request);
      const index = find(kind, request['ref']);
      if (index < 0) throw new GrpcStatus(5, `Resource not found: ${text(request['ref'])}`);
      if (kind === 'Agents') dependent(request);
      // Not partial: what an agent's update leaves out is reset.
      const reset = kind === 'Agents' ? { privacy: 'NONE', domainRef: null, credentialsRef: null, expires: 0 } : {};
      const row = { ...rows(kind)[index]!, ...reset, ...request };
      rows(kind)[index] = row as never;
      return reply(kind, row as Row);
    },
    get(kind: Kind, { ref }: Row): Row {
      if (!ref) throw bad('Parameter ref is required');
      const index = find(kind, ref);
      if (index < 0) throw new GrpcStatus(5, `Resource not found: ${text(ref)}`);
      return reply(kind, rows(kind)[index] as unknown as Row);
    },
    /** Whatever goes wrong in the database, the answer is yes. What pointed to the row points to nothing afterwards. */
    delete(kind: Kind, { ref }: Row): Row {
      if (!ref) throw bad('parameter ref is required');
      const index = find(kind, ref);
      if (index >= 0) rows(kind).splice(index, 1);
      const column = { Domains: 'domainRef', Credentials: 'credentialsRef', Agents: '' }[kind];
      if (column) for (const [at, agent] of tables.Agents.entries()) if (agent[column as 'domainRef'] === ref) tables.Agents[at] = { ...agent, [column]: null };
      return {};
    },
    list(kind: Kind, { pageSize, pageToken }: Row): Row {
      const sorted = [...rows(kind)].sort((a, b) => b.at - a.at);
      const from = pageToken ? sorted.findIndex((one) => one.ref === pageToken) : -1;
      const page = pageToken && from < 0 ? [] : sorted.slice(from + 1, pageSize === undefined ? undefined : from + 1 + Number(pageSize));
      // Given with the last page too.
      return { items: page.map((row) => reply(kind, row as unknown as Row)), nextPageToken: page.at(-1)?.ref ?? '' };
    },
    findBy(kind: Kind, { fieldName, fieldValue }: Row): Row {
      if (!SEARCHABLE[kind].test(text(fieldName))) throw new GrpcStatus(2, `\nInvalid \`prisma.findMany()\` invocation:\n\nUnknown argument \`${text(fieldName)}\`.`);
      const wanted = fieldValue === 'true' ? true : fieldValue === 'false' ? false : fieldValue;
      // Times are not turned into seconds here, and overflow.
      return { items: (rows(kind) as unknown as Row[]).filter((one) => one[text(fieldName)] === wanted).map((row) => ({ ...reply(kind, row), createdAt: -1, updatedAt: -1 })) };
    },
  };
}
export type RoutrStore = ReturnType<typeof routrStore>;
