import type { CivilDate } from '../kernel/civil.ts';
import type { JsonObject } from '../kernel/json.ts';

export type NoticeChannel = 'sms' | 'email' | 'chat';
export type NoticeLanguage = 'fr' | 'en';

/** What each message is made of. `null` where a fact may honestly be unknown; a fact left out is refused. */
export interface NoticeFacts {
  readonly orderConfirmed: {
    readonly orderId: string;
    /** null: the customer asked to be called. */
    readonly installOn: CivilDate | null;
    // For the e-mail only:
    readonly customerName?: string;
    readonly address?: string;
    readonly currency?: string;
    readonly lines?: readonly { readonly label: string; readonly amountMinor: number; readonly charge: 'mrc' | 'nrc' }[];
    readonly taxMinor?: number;
    /** What was taken at checkout. */
    readonly totalMinor?: number;
  };
  readonly newInstallationJob: { readonly orderId: string; readonly city: string; /** e.g. `FTTH 150M + TV Standard + Phone` */ readonly summary: string; /** Empty: the customer is to be called. */ readonly preferredDates: readonly CivilDate[] };
  readonly technicianEnRoute: { readonly orderId: string; /** Minutes; null when nobody knows. */ readonly etaMinutes: number | null };
  readonly serviceActivated: { readonly orderId: string; readonly customerName?: string; /** For the e-mail. */ readonly services?: readonly string[] };
  /** A step of the order failed and a person looks at it (S0-90). */
  readonly orderDelayed: { readonly orderId: string };
  readonly notAvailable: { readonly address: string; readonly phoneUrl: string };
  /** To someone on the waiting list. */
  readonly coverageArrived: { readonly address: string };
  readonly leadCaptured: { readonly address: string };
  /** To the office: someone asked. */
  readonly newLead: { readonly leadId: string; readonly interest: string; readonly address: string; readonly zone: string | null };
  readonly salesLead: { readonly leadId: string; readonly municipality: string; readonly zone: string; readonly interest: string };
  readonly businessQuote: { readonly issueId: string; readonly company: string; readonly contactName: string; readonly contactEmail: string; readonly contactPhone: string | null; readonly address: string; readonly need: string };
  readonly unknownDevice: { readonly serial: string; readonly productClass: string; readonly ip: string | null; readonly issueId: string | null };
  /** Something a watch over the network found: what it is, which things it is about, and what to know or do. */
  readonly networkFinding: { readonly what: string; readonly where: string; readonly detail: string };
  readonly fallout: { readonly orderId: string; readonly step: string; readonly owner: string; readonly message: string; readonly hint: string };
}
export type NoticeTrigger = keyof NoticeFacts;

/** One message to leave: what the notice port takes. */
export interface NoticeToSend {
  readonly trigger: NoticeTrigger;
  readonly subject: string;
  readonly channel: NoticeChannel;
  /** E.164 number, e-mail address, or a chat room of the operator. */
  readonly to: string;
  readonly language: NoticeLanguage;
  readonly facts: JsonObject;
}

/**
 * A notice whose facts are those of its trigger.
 * @example noticeToSend('serviceActivated', 'ord_1', 'sms', '+15145550123', 'fr', { orderId: 'ord_1' }).trigger // 'serviceActivated'
 */
export function noticeToSend<T extends NoticeTrigger>(trigger: T, subject: string, channel: NoticeChannel, to: string, language: NoticeLanguage, facts: NoticeFacts[T]): NoticeToSend {
  return { trigger, subject, channel, to, language, facts: facts as unknown as JsonObject };
}
