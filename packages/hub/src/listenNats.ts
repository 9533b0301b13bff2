import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Listener, ListenerOptions } from './deviceEvents.ts';

/** Core NATS, not JetStream: what is published to Oktopus' streams is heard here too, and the broker keeps nothing for us (acs.md 3.6). */
const SUBJECTS = ['device.v1.new', 'cwmp.v1.*.info', 'cwmp.v1.*.status', '*.usp.v1.*.status', '*.usp.v1.*.info'];

/** Listens for as long as the hub runs: tries again while there is no server, and subscribes again after each reconnection. */
export function listenNats({ url, ca, retryMs, name, receive, note }: ListenerOptions): Listener {
  const { hostname, port, username, password, protocol } = new URL(url);
  let connection: NatsConnection | undefined;
  let state: Listener['state'] = () => 'connecting';
  let closed = false;
  let wakeUp: () => void = () => undefined;
  const wait = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, retryMs);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!closed) {
      try {
        connection = await connect({
          servers: `${hostname}:${port || '4222'}`, name, timeout: 5_000, maxReconnectAttempts: -1, reconnectTimeWait: retryMs, reconnectJitter: 0, reconnectJitterTLS: 0,
          ...(username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {}), ...(protocol === 'tls:' ? { tls: ca ? { ca } : {} } : {}),
        });
      } catch (error) {
        note(`cannot connect (${reasonOf(error)}), trying on`);
        await wait();
        continue;
      }
      state = () => 'connected';
      note('connected');
      for (const subject of SUBJECTS) {
        connection.subscribe(subject, { callback: (error, message) => (error ? note(`may not read ${subject} (${reasonOf(error)})`) : receive({ via: 'nats', subject: message.subject, payload: message.data })) });
      }
      void watch(connection);
      await connection.closed();
      state = () => 'connecting';
      if (!closed) await wait();
    }
  };
  const watch = async (of: NatsConnection): Promise<void> => {
    for await (const { type } of of.status()) {
      if (type === 'disconnect') {
        state = () => 'connecting';
        note('connection lost, trying on');
      } else if (type === 'reconnect') {
        state = () => 'connected';
        note('connected again');
      }
    }
  };
  const running = run();
  return {
    state: () => state(),
    close: async () => {
      closed = true;
      wakeUp();
      await connection?.close().catch(() => undefined);
      await running;
    },
  };
}

/** A word for what went wrong; the address may hold a password and is not repeated. */
const reasonOf = (error: unknown): string => (error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'unknown');
