import type { NoticeToSend } from '../care/noticeFacts.ts';
import type { DocumentPlan } from '../ordering/documentPlan.ts';
import type { ExpansionZone } from '../qualification/expansionZone.ts';

export type LeadChoice = 'notify' | 'phoneOnly' | 'business';

export interface LeadContext {
  readonly expansionZones: readonly ExpansionZone[];
  readonly province: string;
  readonly country: string;
  readonly salesEmail: string;
  readonly supportEmail: string;
  /** Chat room that hears of expansion zones. */
  readonly salesRoom: string;
  /** A Market Segment that exists in the back office, for business leads; ERPNext refuses one that does not. */
  readonly businessSegment?: string;
  /** ERPNext user who gets business requests. */
  readonly salesUser?: string;
}
export const gigafibreLeads: LeadContext = { expansionZones: [], province: 'QC', country: 'Canada', salesEmail: 'sales@targo.ca', supportEmail: 'support@targo.ca', salesRoom: 'sales' };

export interface LeadPlan {
  readonly leadKey: string;
  readonly choice: LeadChoice;
  /** Lead, then for a business its Issue. */
  readonly documents: readonly DocumentPlan[];
  /** For coverage planning: municipality and postal area (S1-154). */
  readonly tags: readonly string[];
  readonly expansionZone: string | null;
  readonly notifySales: boolean;
  /** Who the Issue goes to, when configured (S1-155). */
  readonly assignTo: string | null;
  /** To the office, to sales, and to the visitor who asked to be told. */
  readonly notices: readonly NoticeToSend[];
  /** Telephone needs no fibre: the visitor may go on to order (S1-151). */
  readonly mayOrderPhone: boolean;
  readonly language: 'fr' | 'en';
}
