// @grpc/grpc-js: deadlines, keep-alive, TLS and reconnection as every gRPC peer expects them.
import * as grpc from '@grpc/grpc-js';
import type { Clock } from '../../../core/src/index.ts';
import { methods } from './codec.ts';
import { volthaError } from './failures.ts';

export interface ChannelOptions {
  /** `host:port` of rw_core's northbound API (55555 as a Kubernetes service). */
  readonly address: string;
  /** `true` trusts the system's authorities. Plain HTTP/2 when left out: the core itself has no TLS. */
  readonly tls?: boolean | { readonly ca?: Uint8Array; readonly key?: Uint8Array; readonly cert?: Uint8Array };
  /** Headers for a proxy in front of the core, e.g. `authorization`. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly clock: Clock;
}
export interface CallOptions {
  readonly deadlineMs: number;
  /** A write is sent exactly once; a read is repeated twice while the core is unavailable. */
  readonly write?: boolean;
}
export interface Channel {
  readonly clock: Clock;
  call<T>(operation: string, request: object, options: CallOptions): Promise<T>;
  close(): void;
}

/** Memory dumps of a real network pass gRPC's own 4 MB by far. */
const RECEIVE_LIMIT = 128 * 1024 * 1024;
const READ_ATTEMPTS = 3;

/**
 * A channel to one VOLTHA. It connects at the first call and again after a restart; `close` frees its socket.
 * @throws VendorError from `call`, see `volthaError`.
 * @example const channel = openChannel({ address: '127.0.0.1:55555', clock }); await channel.call('ListDevices', {}, { deadlineMs: 30_000 });
 */
export function openChannel(options: ChannelOptions): Channel {
  const { address, tls, clock } = options;
  const pem = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes) : null);
  const credentials = !tls ? grpc.credentials.createInsecure() : tls === true ? grpc.credentials.createSsl() : grpc.credentials.createSsl(pem(tls.ca), pem(tls.key), pem(tls.cert));
  const client = new grpc.Client(address, credentials, {
    'grpc.max_receive_message_length': RECEIVE_LIMIT,
    // Its transparent retries would turn one reboot into two.
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 5_000,
  });
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(options.metadata ?? {})) metadata.set(name, value);

  function once<T>(operation: string, request: object, deadlineMs: number, write: boolean): Promise<T> {
    const method = methods[operation];
    if (!method) throw new RangeError(`VOLTHA has no call "${operation}" here`);
    return new Promise((resolve, reject) => {
      const deadline = new Date(Date.now() + deadlineMs);
      client.makeUnaryRequest(method.path, (value: object) => method.request.encode(value), (bytes: Buffer) => method.response.decode(bytes), request, metadata, { deadline }, (error, value) => {
        if (error) reject(volthaError(operation, { code: error.code, details: error.details }, address, write));
        else resolve(value as T);
      });
    });
  }

  return {
    clock,
    async call<T>(operation: string, request: object, { deadlineMs, write = false }: CallOptions): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once<T>(operation, request, deadlineMs, write);
        } catch (error) {
          const passing = (error as { status?: number }).status === 14;
          if (write || !passing || attempt >= READ_ATTEMPTS) throw error;
          await clock.sleep(250 * attempt);
        }
      }
    },
    close: () => client.close(),
  };
}
