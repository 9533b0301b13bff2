/** One fibre drop as the access network knows it. The hub's drop has this shape; only staff and machines see it whole. */
export interface DropFacts {
  readonly fibreId: number;
  readonly street: string;
  readonly city: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly oltName: string;
  readonly oltIp: string;
  readonly frame: number;
  readonly slot: number;
  readonly port: number;
  readonly ontId: number;
  readonly zone: string;
  readonly maxDownMbps: number;
  readonly state: DropState;
}

/** `held`: someone is at the checkout; `reserved`: sold, not installed; `boxMissing`: the terminal is not built yet (boitier_pas_install). */
export type DropState = 'free' | 'held' | 'reserved' | 'occupied' | 'boxMissing';
