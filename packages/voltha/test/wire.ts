// A cable between client and core that can be cut, so that transport faults are the same in front of a real server.
import net from 'node:net';

export interface Wire {
  readonly address: string;
  /** Requests that passed towards the server (HTTP/2 HEADERS frames). */
  requests(): number;
  /** The next request: `cutOnAnswer` lets the server do it and cuts before its answer passes, `swallow` lets nothing through. */
  arm(how: 'cutOnAnswer' | 'swallow'): void;
  /** Everything cut, nobody listens. */
  down(): Promise<void>;
  /** Listens again on the same port. */
  up(): Promise<void>;
  close(): Promise<void>;
}
const HEADERS = 1;

/** How many HEADERS frames begin in these bytes. The preface of a connection is skipped. */
function headerFrames(bytes: Buffer): number {
  let at = bytes.subarray(0, 3).toString() === 'PRI' ? 24 : 0;
  let found = 0;
  while (at + 9 <= bytes.length) {
    if (bytes[at + 3] === HEADERS) found += 1;
    at += 9 + bytes.readUIntBE(at, 3);
  }
  return found;
}

export async function openWire(target: string): Promise<Wire> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<net.Socket>();
  let armed: 'cutOnAnswer' | 'swallow' | undefined;
  let asked = false;
  let count = 0;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), host);
    for (const one of [near, far]) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => {
      if (armed === 'swallow') return;
      const began = headerFrames(bytes);
      count += began;
      if (began > 0 && armed) asked = true;
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (armed === 'cutOnAnswer' && asked && headerFrames(bytes) > 0) {
        armed = undefined;
        near.destroy();
        return;
      }
      near.write(bytes);
    });
  });
  const listen = (at: number): Promise<void> => new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, '127.0.0.1', resolve);
  });
  await listen(0);
  const mine = (server.address() as net.AddressInfo).port;
  const down = (): Promise<void> => new Promise((resolve) => {
    server.close(() => resolve());
    for (const one of sockets) one.destroy();
  });
  return {
    address: `127.0.0.1:${mine}`,
    requests: () => count,
    arm: (how) => { armed = how; asked = false; },
    down,
    up: () => listen(mine),
    close: down,
  };
}
