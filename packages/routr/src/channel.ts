// @grpc/grpc-js: deadlines, TLS and reconnection as every gRPC peer expects them.
import * as grpc from '@grpc/grpc-js';
import type { Clock } from '../../../core/src/index.ts';
import { methods } from './codec.ts';
import { routrError } from './failures.ts';

export interface ChannelOptions {
  /** `host:port` of the Connect API: 51908 from outside, 51907 between Routr's own parts. */
  readonly address: string;
  /** `true` trusts the system's authorities. Plain HTTP/2 when left out, as Routr is without TLS_ON. */
  readonly tls?: boolean;
  /** Headers for a proxy in front, e.g. `authorization`. Routr itself asks for none. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly clock: Clock;
  readonly deadlineMs?: number;
}
export interface Channel {
  /** A write is sent exactly once; a read is repeated twice while Routr is away. */
  call<T>(operation: string, request: object, write?: boolean): Promise<T>;
  close(): void;
}
const DEADLINE_MS = 10_000;
const READ_ATTEMPTS = 3;

/**
 * A channel to one Routr. It connects at the first call and again after a restart; `close` frees its socket.
 * @throws VendorError from `call`, see `routrError`.
 * @example const channel = openChannel({ address: '127.0.0.1:51908', clock }); await channel.call('Domains.List', { pageSize: 10 });
 */
export function openChannel({ address, tls = false, metadata: headers = {}, clock, deadlineMs = DEADLINE_MS }: ChannelOptions): Channel {
  const client = new grpc.Client(address, tls ? grpc.credentials.createSsl() : grpc.credentials.createInsecure(), {
    // Its transparent retries would make two of one.
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 5_000,
  });
  const metadata = new grpc.Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);

  function once<T>(operation: string, request: object, write: boolean): Promise<T> {
    const method = methods[operation];
    if (!method) throw new RangeError(`Routr has no call "${operation}" here`);
    return new Promise((resolve, reject) => {
      const deadline = new Date(Date.now() + deadlineMs);
      client.makeUnaryRequest(method.path, (value: object) => method.request.encode(value), (bytes: Buffer) => method.response.decode(bytes), request, metadata, { deadline }, (error, value) => {
        if (error) reject(routrError(operation, { code: error.code, details: error.details }, address, write));
        else resolve(value as T);
      });
    });
  }

  return {
    async call<T>(operation: string, request: object, write = false): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once<T>(operation, request, write);
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
