// A gRPC server on loopback that answers like Routr's pgdata, with the world's faults around each call.
import * as grpc from '@grpc/grpc-js';
import { methods } from '../../../routr/src/index.ts';
import { GrpcStatus } from '../voltha/grpcStatus.ts';
import type { World } from '../world.ts';
import { routrStore, type Kind, type Tables } from './store.ts';

export interface RoutrRunning {
  /** `host:port` of the Connect API. */
  readonly address: string;
  readonly tables: Tables;
  /** A telephone registers at the proxy: what Routr's Connect processor answers to the digest of this user and password. */
  registers(username: string, domain: string, password: string): 200 | 401 | 403;
  close(): Promise<void>;
}

/**
 * Domains, Credentials and Agents. Faults: `{ system: 'routr', method: 'GRPC', path: '^Agents.Create$', kind }`. `status` answers that gRPC
 * code with `body` as details, `resetBefore`/`resetAfter` answer 14 as a cut connection does, the hangs never answer.
 * @example const sim = await startRoutr(world, { domains: ['sip.example.ca'] });
 */
export async function startRoutr(world: World, { port = 0, domains = [] }: { readonly port?: number; readonly domains?: readonly string[] } = {}): Promise<RoutrRunning> {
  const store = routrStore(world);
  for (const uri of domains) store.create('Domains', { name: uri, domainUri: uri });
  const server = new grpc.Server();

  function work(name: string, request: Record<string, unknown>): object {
    const [kind, call] = name.split('.') as [Kind, string];
    const calls: Readonly<Record<string, (of: Kind, asked: Record<string, unknown>) => object>> = { Create: store.create, Update: store.update, Get: store.get, Delete: store.delete, List: store.list, FindBy: store.findBy };
    return calls[call]!(kind, request);
  }
  function handler(name: string): grpc.handleUnaryCall<Record<string, unknown>, object> {
    return (call, done) => {
      const { request } = call;
      const record = { at: world.clock.now(), system: 'routr', method: 'GRPC', path: name, query: '', body: JSON.stringify(request, (key, value: unknown) => (key === 'password' ? '…' : value)), status: 0 };
      world.calls.push(record);
      const answer = (code: number, details: string) => {
        record.status = code;
        done({ code, details, name: 'GrpcStatus', message: details, metadata: new grpc.Metadata() });
      };
      const fault = world.takeFault('routr', 'GRPC', name);
      if (fault?.kind === 'hangBefore') return;
      if (fault?.kind === 'resetBefore') return answer(14, 'Connection dropped');
      if (fault?.kind === 'status') return answer(fault.status ?? 14, String(fault.body ?? 'Service unavailable'));
      try {
        const reply = work(name, request);
        if (fault?.kind === 'hangAfter') return;
        if (fault?.kind === 'resetAfter') return answer(14, 'Connection dropped');
        done(null, reply);
      } catch (error) {
        answer(error instanceof GrpcStatus ? error.code : 2, (error as Error).message);
      }
    };
  }
  const byService = new Map<string, Record<string, grpc.MethodDefinition<Record<string, unknown>, object>>>();
  for (const { name, path, request, response } of Object.values(methods)) {
    const service = path.split('/')[1]!;
    const call = name.split('.')[1]!;
    byService.set(service, { ...byService.get(service), [name]: { path, requestStream: false, responseStream: false, originalName: call, requestSerialize: request.encode, requestDeserialize: request.decodeSparse, responseSerialize: response.encode, responseDeserialize: response.decode } });
  }
  for (const table of byService.values()) server.addService(table, Object.fromEntries(Object.keys(table).map((name) => [name, handler(name)])));

  const bound = await new Promise<number>((resolve, reject) => server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, at) => (error ? reject(error) : resolve(at))));
  return {
    address: `127.0.0.1:${bound}`,
    tables: store.tables,
    registers(username, domain, password) {
      const agent = store.tables.Agents.find((one) => one.username === username);
      const home = store.tables.Domains.find((one) => one.domainUri === domain);
      if (!agent?.domainRef || agent.domainRef !== home?.ref) return 403;
      const credentials = store.tables.Credentials.find((one) => one.ref === agent.credentialsRef);
      // `enabled` is not looked at; without credentials the digest is that of undefined and undefined.
      const [wantedUser, wantedPassword] = [credentials?.username ?? 'undefined', credentials?.password ?? 'undefined'];
      return (credentials ? username : 'undefined') === wantedUser && password === wantedPassword ? 200 : 401;
    },
    close: async () => server.forceShutdown(),
  };
}
