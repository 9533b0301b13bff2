// A real n8n, driven from outside as an operator would: log in, keep credentials and workflows in step with the files, publish.
import bcrypt from 'bcryptjs';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children.ts';
import type { Ports } from './ports.ts';

export interface N8nOptions {
  readonly root: string;
  readonly dir: string;
  readonly ports: Ports;
  readonly owner: { readonly email: string; readonly password: string };
  readonly encryptionKey: string;
  readonly zone: string;
}
export interface WorkflowFile { readonly name: string; readonly nodes: readonly { readonly type?: string; readonly credentials?: Record<string, { id?: string; name: string }> }[]; readonly settings?: Record<string, unknown>; readonly [key: string]: unknown }
export interface Execution { readonly id: string; readonly status: string; readonly workflowId: string; readonly startedAt: string; readonly stoppedAt: string | null; readonly mode: string }

export const n8nBin = (root: string) => join(root, 'runtime', 'node_modules', 'n8n', 'bin', 'n8n');

export function n8nEnv(options: N8nOptions): NodeJS.ProcessEnv {
  const { ports } = options;
  return {
    // Without it n8n answers malformed requests with its stack trace.
    NODE_ENV: 'production',
    PATH: process.env['PATH'], HOME: options.dir, N8N_USER_FOLDER: options.dir,
    DB_TYPE: 'postgresdb', DB_POSTGRESDB_HOST: '127.0.0.1', DB_POSTGRESDB_PORT: String(ports.n8nDb), DB_POSTGRESDB_USER: 'postgres', DB_POSTGRESDB_PASSWORD: 'postgres', DB_POSTGRESDB_DATABASE: 'postgres',
    // PGlite speaks with one connection at a time.
    DB_POSTGRESDB_POOL_SIZE: '1',
    // So a ping waits behind a migration; three that time out would have n8n drop the connection, and the migration with it.
    DB_PING_TIMEOUT_MS: '60000',
    N8N_LISTEN_ADDRESS: '127.0.0.1', N8N_HOST: '127.0.0.1', N8N_PORT: String(ports.n8n), N8N_WEBHOOK_URL: `http://127.0.0.1:${ports.n8n}/`, N8N_EDITOR_BASE_URL: `http://127.0.0.1:${ports.n8n}/`, N8N_RUNNERS_BROKER_PORT: String(ports.n8nBroker),
    N8N_ENCRYPTION_KEY: options.encryptionKey, N8N_SECURE_COOKIE: 'false', N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
    N8N_DIAGNOSTICS_ENABLED: 'false', N8N_VERSION_NOTIFICATIONS_ENABLED: 'false', N8N_TEMPLATES_ENABLED: 'false', N8N_PERSONALIZATION_ENABLED: 'false', N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,agents,insights,mcp,quick-connect',
    N8N_EXPRESSION_ENGINE_COMPILE_CACHE: 'true', N8N_LOG_LEVEL: 'warn', GENERIC_TIMEZONE: options.zone,
    N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true', N8N_INSTANCE_OWNER_EMAIL: options.owner.email, N8N_INSTANCE_OWNER_FIRST_NAME: 'Leadlight', N8N_INSTANCE_OWNER_LAST_NAME: 'Operator',
    N8N_INSTANCE_OWNER_PASSWORD_HASH: bcrypt.hashSync(options.owner.password, 10),
    ...(process.env['NODE_EXTRA_CA_CERTS'] ? { NODE_EXTRA_CA_CERTS: process.env['NODE_EXTRA_CA_CERTS'] } : {}),
  };
}

/** Starts n8n's database and n8n with this checkout's pack installed, and waits until it answers. */
export async function startN8n(kids: Children, options: N8nOptions): Promise<N8n> {
  mkdirSync(join(options.dir, '.n8n', 'nodes', 'node_modules'), { recursive: true });
  const link = join(options.dir, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-leadlight');
  rmSync(link, { force: true, recursive: true });
  symlinkSync(options.root, link, process.platform === 'win32' ? 'junction' : 'dir');
  await kids.start('n8n-db', join(options.root, 'tools', 'n8n-db.ts'), [join(options.dir, 'db'), String(options.ports.n8nDb)], process.env, { ready: 'message' });
  const child = await kids.start('n8n', n8nBin(options.root), ['start'], n8nEnv(options));
  const base = `http://127.0.0.1:${options.ports.n8n}`;
  await n8nReady(base, () => {
    if (child.exitCode !== null) throw new Error('n8n ended while starting');
  }).catch((error: Error) => {
    throw new Error(`${error.message}; see ${kids.logOf('n8n')}`);
  });
  return n8n(base, options);
}

/** Waits until n8n at this address takes requests. */
export async function n8nReady(base: string, look: () => void = () => undefined): Promise<void> {
  const until = Date.now() + 180_000;
  for (;;) {
    look();
    if (Date.now() > until) throw new Error('n8n did not get ready in 3 minutes');
    if (await fetch(`${base}/healthz/readiness`).then((r) => r.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export type N8n = Awaited<ReturnType<typeof n8n>>;

export async function n8n(base: string, options: Pick<N8nOptions, 'owner'>) {
  let cookie = '';
  async function rest<T>(method: string, path: string, body?: unknown): Promise<T> {
    const reply = await fetch(base + path, { method, headers: { 'content-type': 'application/json', 'browser-id': 'leadlight', ...(cookie ? { cookie } : {}) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`n8n ${method} ${path}: ${reply.status} ${text.slice(0, 500)}`);
    for (const one of reply.headers.getSetCookie()) if (one.startsWith('n8n-auth=')) cookie = one.split(';')[0]!;
    return text ? (JSON.parse(text) as { data: T }).data : (undefined as T);
  }
  // Readiness comes a moment before the owner from the environment is in place.
  for (let attempt = 1; ; attempt++) {
    try {
      await rest('POST', '/rest/login', { emailOrLdapLoginId: options.owner.email, password: options.owner.password });
      break;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

  return {
    base,
    rest,
    /** Makes the credentials exist with these values; by name, so a second start updates instead of doubling. */
    async keepCredentials(wanted: readonly { readonly name: string; readonly type: string; readonly data: object }[]): Promise<ReadonlyMap<string, string>> {
      const have = await rest<{ id: string; name: string; type: string }[]>('GET', '/rest/credentials');
      const ids = new Map<string, string>();
      for (const one of wanted) {
        const old = have.find((h) => h.name === one.name && h.type === one.type);
        const kept = old ? await rest<{ id: string }>('PATCH', `/rest/credentials/${old.id}`, one) : await rest<{ id: string }>('POST', '/rest/credentials', one);
        ids.set(one.name, old?.id ?? kept.id);
      }
      return ids;
    },
    /** Imports and publishes every workflow file of a folder; one that has not changed since is left alone. Returns name → id. */
    async keepWorkflows(folder: string, credentialIds: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
      const have = (await rest<{ id: string; name: string; active: boolean }[]>('GET', '/rest/workflows')) ?? [];
      const catches = (one: WorkflowFile) => one.nodes.some((node) => node.type === 'n8n-nodes-base.errorTrigger');
      const files = readdirSync(folder).filter((file) => file.endsWith('.json')).sort().map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile);
      const ids = new Map<string, string>();
      // The one that hears of the others' errors comes first: they name it by its id.
      const catcher = files.find(catches)?.name ?? '';
      for (const wanted of files.sort((a, b) => Number(catches(b)) - Number(catches(a)))) {
        const errorWorkflow = catches(wanted) ? undefined : ids.get(catcher);
        const nodes = wanted.nodes.map((node) => ({
          ...node,
          ...(node.credentials ? { credentials: Object.fromEntries(Object.entries(node.credentials).map(([type, { name }]) => [type, { id: credentialIds.get(name), name }])) } : {}),
        }));
        const mark = digest([wanted, [...credentialIds], errorWorkflow]);
        const body = { name: wanted.name, nodes, connections: wanted['connections'], settings: { ...wanted.settings, ...(errorWorkflow ? { errorWorkflow } : {}) }, meta: { leadlight: mark } };
        const old = have.find((h) => h.name === wanted.name);
        let id = old?.id;
        if (old) {
          const now = await rest<{ meta?: { leadlight?: string }; active: boolean; activeVersionId?: string | null }>('GET', `/rest/workflows/${old.id}`);
          if (now.meta?.leadlight === mark && (now.active || now.activeVersionId)) {
            ids.set(wanted.name, old.id);
            continue;
          }
          await rest('PATCH', `/rest/workflows/${old.id}?forceSave=true`, body);
        } else {
          id = (await rest<{ id: string }>('POST', '/rest/workflows', body)).id;
        }
        const saved = await rest<{ versionId: string }>('GET', `/rest/workflows/${id}`);
        await rest('POST', `/rest/workflows/${id}/activate`, { versionId: saved.versionId });
        ids.set(wanted.name, id!);
      }
      return ids;
    },
    async executions(query: Record<string, string> = {}): Promise<readonly Execution[]> {
      return (await rest<{ results: Execution[] }>('GET', `/rest/executions?${new URLSearchParams(query)}`)).results;
    },
    execution: (id: string) => rest<{ id: string; status: string; data: string }>('GET', `/rest/executions/${id}`),
  };
}
