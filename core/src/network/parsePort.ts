import { accept, refuse, type Decision } from '../kernel/decision.ts';

/** A PON port of an OLT, and on it an ONT. Zero is a real number here, so nothing is ever left out as "falsy". */
export interface PonPort {
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
  readonly ontId?: number;
}

/**
 * Reads `frame/slot/port`, with the ONT behind a colon if there is one (the `olt_path` of the ERP).
 * @example parsePort('0/3/12') // accepted: { frame: 0, slot: 3, port: 12 }
 * @example parsePort('0/3/12:7') // accepted: { …, ontId: 7 }
 */
export function parsePort(path: string): Decision<PonPort, 'badPort'> {
  const match = /^(\d{1,3})\/(\d{1,3})\/(\d{1,3})(?::(\d{1,4}))?$/.exec(path.trim());
  if (!match) return refuse('badPort', 'A port is written frame/slot/port.', { path: 'port', hint: 'e.g. 0/3/12, or 0/3/12:7 with its ONT.' });
  const [frame, slot, port] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return accept({ frame, slot, port, ...(match[4] !== undefined && { ontId: Number(match[4]) }) }, `port ${frame}/${slot}/${port}`);
}

/** Writes it back. @example formatPort({ frame: 0, slot: 3, port: 12 }) // '0/3/12' */
export function formatPort({ frame, slot, port, ontId }: PonPort): string {
  return `${frame}/${slot}/${port}${ontId === undefined ? '' : `:${ontId}`}`;
}
