// The MQTT broker in front of USP agents: a real one (aedes), with Oktopus' rule that only its controller may subscribe to what devices say.
import net, { type AddressInfo, type Socket } from 'node:net';
import aedes from 'aedes';

export interface MqttBroker {
  readonly url: string;
  readonly port: number;
  subscribed(): readonly string[];
  publish(topic: string, payload: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** @example const mqtt = await startMqtt({ login: { user: 'oktopusController', password: 'secret' } }); */
export async function startMqtt({ port = 0, login }: { readonly port?: number; readonly login?: { readonly user: string; readonly password: string } } = {}): Promise<MqttBroker> {
  const broker = aedes.createBroker();
  const topics = new Map<string, Set<string>>();
  if (login) broker.authenticate = (_client, user, password, done) => done(null, user === login.user && String(password ?? '') === login.password);
  broker.on('subscribe', (subscriptions, client) => topics.set(client.id, new Set([...(topics.get(client.id) ?? []), ...subscriptions.map(({ topic }) => topic)])));
  broker.on('clientDisconnect', (client) => topics.delete(client.id));
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const listening = (server.address() as AddressInfo).port;
  return {
    url: `mqtt://${login ? `${login.user}:${login.password}@` : ''}127.0.0.1:${listening}`,
    port: listening,
    subscribed: () => [...topics.values()].flatMap((set) => [...set]),
    publish: (topic, payload) => new Promise((resolve, reject) => broker.publish({ cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain: false, dup: false }, (error) => (error ? reject(error) : resolve()))),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => broker.close(() => resolve()));
      }),
  };
}
