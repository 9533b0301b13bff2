// The types of addresses, links, coverage and demand: what the hub answers, free of anything that runs.
import type { MaxSpeed, PonTechnology, Rate } from '../../../core/src/index.ts';

export interface BookAbout {
  readonly kind: 'register' | 'drops' | 'supabase';
  readonly source: string;
  readonly licence: string;
  readonly date: string;
  readonly addresses: number;
  /** Drops that lead to a place of the book, and those that lead nowhere yet. */
  readonly linked: number;
  readonly unlinked: number;
  /** Places of the operator's list that the register lacks and that are found all the same. */
  readonly unregistered: number;
}

/** Which address a drop is at, who said so, and how sure that is (S1-160). */
export interface DropLink {
  readonly fibreId: number;
  readonly status: 'matched' | 'ambiguous' | 'unmatched';
  readonly addressId: string | null;
  readonly label: string | null;
  readonly score: number | null;
  readonly distanceM: number | null;
  readonly method: 'text' | 'text+geo' | 'geo' | 'human' | null;
  readonly matcherVersion: string;
  /** `matcher`, or the name of the API key under which a person decided. */
  readonly by: string;
  readonly at: string;
  /** For the review queue: the best three. */
  readonly candidates: readonly { readonly addressId: string; readonly label: string; readonly score: number; readonly distanceM: number | null }[];
}

/** A run that links drops to the register, as it stands. */
export interface LinkRun {
  readonly type: 'linkRun';
  readonly state: 'never' | 'running' | 'done' | 'failed';
  readonly dryRun: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly done: number;
  readonly of: number;
  /** Links a person made, left alone. */
  readonly kept: number;
  /** Rows written; 0 when a run is repeated. */
  readonly changed: number;
  readonly matched: number;
  readonly ambiguous: number;
  readonly unmatched: number;
  readonly because?: string;
}

export type DemandKind = 'notCovered' | 'planned' | 'availableNeedsBox' | 'streetOnly';

/** Questions that found no service, added up: a street, never a house or a person. */
export interface DemandRow {
  readonly municipality: string;
  readonly street: string;
  readonly asked: number;
  readonly waiting: number;
  readonly kinds: Readonly<Partial<Record<DemandKind, number>>>;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly firstOn: string;
  readonly lastOn: string;
  /** What those who asked would pay a month, by the share of them that signs up. */
  readonly expectedMrcMinor: number;
}

export interface Occupancy {
  readonly location: string;
  readonly oltIps: readonly string[];
  readonly total: number;
  readonly connected: number;
  /** Of `available`, those without a box at the premises. */
  readonly boxMissing: number;
  readonly held: number;
  /** total − connected, on every row (S1-033). */
  readonly available: number;
}

/** All locations, and their sums. */
export interface OccupancyTable {
  readonly rows: readonly Occupancy[];
  readonly totals: Omit<Occupancy, 'location' | 'oltIps'> & { readonly locations: number; readonly olts: number };
}

/** A PON that is unlike the others of its OLT, or whose sold speeds are known. */
export interface PonCapacity {
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
  readonly technology?: PonTechnology;
  readonly split?: number;
  readonly sold?: Rate;
}
/** What an OLT can carry. Left out, `uplinkMbps` is unknown and `sold` is assumed by the policy. */
export interface OltCapacity {
  readonly oltIp: string;
  readonly technology: PonTechnology;
  readonly split: number;
  readonly uplinkMbps?: number;
  readonly sold?: Rate;
  readonly pons: readonly PonCapacity[];
}
/** The fastest that may be offered on a drop, and why: for staff. */
export type DropSpeed = Omit<MaxSpeed, 'type'> & { readonly type: 'dropSpeed'; readonly fibreId: number; readonly ownMaxDownMbps: number };

/** A port that an order holds, has reserved, or let run out. */
export interface LeaseView {
  readonly fibreId: number;
  readonly state: 'held' | 'reserved' | 'expired';
  readonly orderId: string;
  /** When it runs out, or ran out. */
  readonly until: string;
  readonly street: string;
  readonly city: string;
  readonly oltName: string;
  readonly oltIp: string;
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
}
