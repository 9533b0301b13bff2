import mqtt from 'mqtt';
import type { Listener, ListenerOptions } from './deviceEvents.ts';

/** What agents' connections do, what agents notify (Oktopus itself does not listen there), and the contract of the seed (S1-137). */
const TOPICS = ['oktopus/usp/v1/status/+', 'oktopus/usp/v1/controller/#', 'device/bootstrap/+'];

/** Listens for as long as the hub runs; a session of its own name, so that the broker keeps what came while the hub was away. */
export function listenMqtt({ url, ca, retryMs, name, receive, note }: ListenerOptions): Listener & { publish(topic: string, payload: string): void } {
  let state: 'connecting' | 'connected' = 'connecting';
  let closed = false;
  const client = mqtt.connect(url, { clientId: name, clean: false, protocolVersion: 4, reconnectPeriod: retryMs, connectTimeout: 5_000, resubscribe: false, ...(ca ? { ca } : {}) });
  client.on('connect', () => {
    state = 'connected';
    note('connected');
    client.subscribe(TOPICS, { qos: 1 }, (error, granted = []) => {
      // With AUTH_ENABLE only Oktopus' own user may read what devices say.
      for (const { topic, qos } of granted) if ((qos as number) > 2) note(`may not read ${topic}`);
      if (error && granted.length === 0) note('may not subscribe');
    });
  });
  client.on('message', (subject, payload) => receive({ via: 'mqtt', subject, payload }));
  client.on('close', () => {
    if (state === 'connected' && !closed) note('connection lost, trying on');
    state = 'connecting';
  });
  client.on('error', (error) => note(`cannot connect (${(error as { code?: string | number }).code ?? error.name}), trying on`));
  return {
    state: () => state,
    publish: (topic, payload) => void client.publish(topic, payload, { qos: 1 }),
    close: () => {
      closed = true;
      return client.endAsync(true);
    },
  };
}
