import { isIP, BlockList } from 'node:net';
import { VendorError } from '../../../core/src/index.ts';
import type { Context } from './context.ts';
import { guarded } from './database.ts';

/** A router FreeRADIUS knows; its secret stays in the table. */
export interface Nas {
  /** Address, network (`10.0.0.0/24`) or host name. */
  readonly name: string;
  readonly shortName: string | null;
  /** Maker, as FreeRADIUS spells it (`mikrotik`, `cisco`, `other`). */
  readonly type: string;
  readonly description: string | null;
  readonly hasSecret: boolean;
}
export interface NasWanted {
  readonly name: string;
  readonly shortName: string;
  readonly type?: string;
  readonly description?: string;
  readonly secret: string;
}
export interface NasChange extends Nas {
  readonly changed: boolean;
  /** FreeRADIUS reads this table at its start only. */
  readonly restartNeeded: boolean;
}
interface Row {
  readonly nasname: string;
  readonly shortname: string | null;
  readonly type: string | null;
  readonly description: string | null;
  readonly secret: string;
}

/** The routers in FreeRADIUS's `nas` table. Secrets go in and are used, and never come out. @example await nases(context).at('10.20.0.1') // { secret, type: 'mikrotik' } */
export function nases({ db, locked }: Context) {
  const COLUMNS = 'SELECT nasname, shortname, type, description, secret FROM nas';
  const shown = ({ nasname, shortname, type, description, secret }: Row): Nas => ({ name: nasname, shortName: shortname, type: type ?? 'other', description, hasSecret: secret !== '' });

  async function list(): Promise<readonly Nas[]> {
    return guarded('nas.list', 'read', async () => (await db.query<Row>(`${COLUMNS} ORDER BY nasname, id`)).rows.map(shown));
  }

  /**
   * Creates or corrects one router by its name.
   * @throws VendorError rejectedInput for a name that is no address, network or host, or a secret FreeRADIUS would not take.
   */
  async function ensure(wanted: NasWanted): Promise<NasChange> {
    const refuse = (message: string, hint: string) => new VendorError({ vendor: 'radius', operation: 'nas.ensure', kind: 'rejectedInput', message, hint });
    if (!/^[A-Za-z0-9.:/_-]{1,128}$/.test(wanted.name)) throw refuse('This is not the address of a NAS.', 'Give an IP address, a network such as 10.0.0.0/24, or a host name.');
    if (!/^[!-~]{8,60}$/.test(wanted.secret)) throw refuse('This is not a secret FreeRADIUS can hold.', 'Use 8 to 60 printable characters without blanks.');
    const row: Row = { nasname: wanted.name, shortname: wanted.shortName, type: wanted.type ?? 'other', description: wanted.description ?? null, secret: wanted.secret };
    const changed = await locked('nas.ensure', [`nas ${wanted.name}`], async (tx) => {
      const { rows } = await tx.query<Row>(`${COLUMNS} WHERE nasname = $1 ORDER BY id`, [wanted.name]);
      if (rows.length > 1) throw new VendorError({ vendor: 'radius', operation: 'nas.ensure', kind: 'conflict', message: `${rows.length} rows of the nas table have this name.`, hint: 'FreeRADIUS takes one of them by chance: leave one.' });
      const [there] = rows;
      if (there && (['shortname', 'type', 'description', 'secret'] as const).every((column) => there[column] === row[column])) return false;
      // What else an operator keeps in the row (ports, community) stays.
      const values = [row.nasname, row.shortname, row.type, row.description, row.secret];
      if (there) await tx.query('UPDATE nas SET shortname = $2, type = $3, description = $4, secret = $5 WHERE nasname = $1', values);
      else await tx.query('INSERT INTO nas (nasname, shortname, type, description, secret) VALUES ($1, $2, $3, $4, $5)', values);
      return true;
    });
    return { ...shown(row), changed, restartNeeded: changed };
  }

  /** The row of the router that has this address: its own, else the smallest network it is in. Null when there is none. */
  async function at(ip: string): Promise<{ readonly secret: string; readonly type: string } | null> {
    return guarded('nas.at', 'read', async () => {
      const { rows } = await db.query<Row>(COLUMNS);
      const width = (name: string) => Number(name.split('/')[1] ?? 128);
      const [hit] = rows.filter(({ nasname }) => nasname === ip || inside(nasname, ip)).sort((a, b) => Number(b.nasname === ip) - Number(a.nasname === ip) || width(b.nasname) - width(a.nasname));
      return hit ? { secret: hit.secret, type: hit.type ?? 'other' } : null;
    });
  }
  return { list, ensure, at };
}

function inside(network: string, ip: string): boolean {
  const [address = '', bits] = network.split('/');
  const family = isIP(address);
  if (bits === undefined || family === 0 || family !== isIP(ip) || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}
