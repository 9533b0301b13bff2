// The types of addresses, links, coverage and demand: what the hub answers, free of anything that runs.

export interface BookAbout {
  readonly kind: 'register' | 'drops' | 'supabase';
  readonly source: string;
  readonly licence: string;
  readonly date: string;
  readonly addresses: number;
  /** Drops that lead to a place of the book, and those that lead nowhere yet. */
  readonly linked: number;
  readonly unlinked: number;
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
