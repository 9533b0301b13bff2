import type { CivilDate } from '../kernel/civil.ts';
import type { Quote, ServiceType } from '../pricing/quote.ts';

export interface OrderedService {
  readonly sku: string;
  readonly type: ServiceType;
  readonly quantity: number;
  /** Monthly price of all units, in minor units, before discounts and taxes. */
  readonly mrcMinor: number;
}

/** A commercial order as plain JSON: everything the fulfilment needs, nothing it has to ask again. */
export interface ProductOrder {
  /** `ord_` and the payment intent's own part: the same payment always gives the same order (S1-077). */
  readonly orderId: string;
  readonly placedOn: CivilDate;
  readonly fibreId: number;
  readonly address: {
    readonly street: string;
    readonly city: string;
    readonly postalCode: string;
    readonly latitude?: number;
    readonly longitude?: number;
    /** frame/slot/port as the page sent it; to be compared with the drop, not trusted. */
    readonly oltPort?: string;
  };
  readonly customer: { readonly name: string; readonly email: string; readonly phone: string };
  readonly services: readonly OrderedService[];
  readonly addOns: readonly { readonly sku: string; readonly mrcMinor: number }[];
  readonly commitmentMonths: 0 | 24 | 36;
  readonly quote: Quote;
  readonly dueNowMinor: number;
  readonly currency: string;
  readonly jurisdiction: string;
  /** In the customer's order of preference; empty when `contactMe`. */
  readonly preferredDates: readonly CivilDate[];
  readonly contactMe: boolean;
  readonly paymentIntent: string;
  readonly language: 'fr' | 'en';
  /** How many TV boxes. */
  readonly stb: number;
  readonly hasInternet: boolean;
  readonly hasTv: boolean;
  readonly hasPhone: boolean;
  /** What the line must carry, when Internet was ordered. */
  readonly access?: { readonly sku: string; readonly downKbps: number; readonly upKbps: number; readonly lineProfile: string };
  /** For the technician, e.g. `FTTH 150M + TV Standard + Phone`. */
  readonly notes: string;
  /** What decided: catalogue, tax table and installation policy with their versions. */
  readonly policies: Readonly<Record<'catalog' | 'taxTable' | 'installation', string>>;
}
