import net from 'node:net';

/** One fixed loopback port per program, so that URLs stay the same; LEADLIGHT_PORT_OFFSET moves them all. */
const BASE = {
  n8n: 5678, n8nBroker: 5679, n8nDb: 5680, hub: 5690, sandbox: 5700, erpnext: 5701, genieacs: 5702, netbox: 5703, voltha: 5704, vgc: 5705, stripe: 5706, twilio: 5707, mailjet: 5708, chat: 5709, nas: 5710, oktopus: 5711, oktopusNats: 5712, oktopusMqtt: 5713, routr: 5714, paypal: 5715, azure: 5716,
} as const;
export type Ports = Readonly<Record<keyof typeof BASE, number>>;

export function portsAt(offset: number): Ports {
  return Object.fromEntries(Object.entries(BASE).map(([name, port]) => [name, port + offset])) as unknown as Ports;
}

const free = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

export async function busyPorts(ports: Ports): Promise<readonly string[]> {
  const busy: string[] = [];
  for (const [name, port] of Object.entries(ports)) if (!(await free(port))) busy.push(`${port} (${name})`);
  return busy;
}

/** An offset whose ports are all free now, for tests that must not meet a running Leadlight. */
export async function freeOffset(from: number): Promise<number> {
  for (let offset = from; offset < from + 4000; offset += 50) if ((await busyPorts(portsAt(offset))).length === 0) return offset;
  throw new Error('no free port range');
}
