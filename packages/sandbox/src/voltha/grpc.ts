// A gRPC server on loopback that answers like rw_core, with the world's faults around each call.
import * as grpc from '@grpc/grpc-js';
import { methods } from '../../../voltha/src/codec.ts';
import type { World } from '../world.ts';
import { coreCalls } from './core.ts';
import type { Fleet } from './fleet.ts';
import { GrpcStatus } from './grpcStatus.ts';

export interface GrpcRunning {
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Faults: `{ system: 'voltha', method: 'GRPC', path: 'RebootDevice', kind }`. `status` answers that gRPC code with `body` as details,
 * `resetBefore`/`resetAfter` answer 14 as a cut connection does, the hangs never answer.
 */
export async function serveGrpc(world: World, fleet: Fleet, port = 0): Promise<GrpcRunning> {
  const calls = coreCalls(fleet);
  const server = new grpc.Server({ 'grpc.max_send_message_length': -1 });
  for (const table of byService().values()) server.addService(table, Object.fromEntries(Object.keys(table).map((name) => [name, handler(name)])));

  function handler(name: string): grpc.handleUnaryCall<object, object> {
    return (call, done) => {
      const record = { at: world.clock.now(), system: 'voltha', method: 'GRPC', path: name, query: '', body: JSON.stringify(call.request), status: 0 };
      world.calls.push(record);
      const answer = (code: number, details: string) => {
        record.status = code;
        done({ code, details, name: 'GrpcStatus', message: details, metadata: new grpc.Metadata() });
      };
      const fault = world.takeFault('voltha', 'GRPC', name);
      if (fault?.kind === 'hangBefore') return;
      if (fault?.kind === 'resetBefore') return answer(14, 'Connection dropped');
      if (fault?.kind === 'status') return answer(fault.status ?? 14, String(fault.body ?? 'adapter(s)-not-ready'));
      void Promise.resolve()
        .then(() => calls[name]!(call.request as never))
        .then(
          (reply) => {
            if (fault?.kind === 'hangAfter') return;
            if (fault?.kind === 'resetAfter') return answer(14, 'Connection dropped');
            done(null, reply);
          },
          (error: unknown) => answer(error instanceof GrpcStatus ? error.code : 2, (error as Error).message),
        );
    };
  }

  const bound = await new Promise<number>((resolve, reject) => server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, at) => (error ? reject(error) : resolve(at))));
  return {
    address: `127.0.0.1:${bound}`,
    close: async () => server.forceShutdown(),
  };
}

function byService(): Map<string, grpc.ServiceDefinition> {
  const out = new Map<string, Record<string, grpc.MethodDefinition<object, object>>>();
  for (const method of Object.values(methods)) {
    const service = method.path.split('/')[1]!;
    const table = out.get(service) ?? {};
    table[method.name] = {
      path: method.path, requestStream: false, responseStream: false, originalName: method.name,
      requestSerialize: method.request.encode, requestDeserialize: method.request.decode,
      responseSerialize: method.response.encode, responseDeserialize: method.response.decode,
    };
    out.set(service, table);
  }
  return out as never;
}
