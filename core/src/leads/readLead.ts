import { noticeToSend, type NoticeToSend } from '../care/noticeFacts.ts';
import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { shortHash } from '../kernel/id.ts';
import type { Json } from '../kernel/json.ts';
import { decimal, matching, oneOf, optional, parse, record, text } from '../kernel/parse.ts';
import { checkEmail } from '../ordering/checkEmail.ts';
import { checkPhone } from '../ordering/checkPhone.ts';
import type { DocumentPlan } from '../ordering/documentPlan.ts';
import { findCardData } from '../ordering/findCardData.ts';
import { foldText } from '../qualification/streetKey.ts';

export type LeadChoice = 'notify' | 'phoneOnly' | 'business';

export interface ExpansionZone {
  readonly name: string;
  readonly municipalities: readonly string[];
  /** First three characters of postal codes; when given, the address must have one of them too. */
  readonly postalAreas?: readonly string[];
}
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

const INTEREST = { notify: 'Fibre Waitlist', phoneOnly: 'Phone Anywhere', business: 'Business Fibre' } as const;
const shape = record({
  choice: oneOf('notify', 'phoneOnly', 'business'),
  name: optional(text(80)),
  company: optional(text(140)),
  email: optional(text(254)),
  phone: optional(text(40)),
  address: record({
    rue: text(140),
    ville: text(80),
    zip: optional(matching(/^\s*[A-Za-z]\d[A-Za-z][ -]?\d[A-Za-z]\d\s*$/, 'a Canadian postal code such as J0S 1M0')),
    rqa_uuid: optional(text(64)),
    lat: optional(decimal(-90, 90)),
    lng: optional(decimal(-180, 180)),
  }),
  message: optional(text(1000)),
  language: optional(oneOf('fr', 'en')),
});

/** ERPNext keeps this note as HTML. */
const escapeHtml = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/**
 * Reads the form of someone without fibre (S1-150…155) into what the back office keeps: a Lead always, an Issue for a business, tags for
 * planning, and the notices that follow. The key is made from contact and address, so that pressing the button twice makes one lead.
 * `Lead.type` has no "Enterprise" in ERPNext: the interest says it.
 * @example readLead({ choice: 'notify', email: 'marie@example.ca', address: { rue: '12 rue X', ville: 'Ormstown' } }, gigafibreLeads).value.leadKey // 'wl_…'
 */
export function readLead(input: unknown, context: LeadContext): Decision<LeadPlan, 'badInput' | 'cardDataRefused' | 'emailInvalid' | 'phoneInvalid' | 'contactMissing'> {
  const card = findCardData(input);
  if (card) return card;
  const form = parse(shape, input);
  if ('type' in form) return form as unknown as Refused<'badInput'>;
  const email = form.email === undefined ? undefined : checkEmail(form.email, 'email');
  if (email?.type === 'refused') return email;
  const phone = form.phone === undefined ? undefined : checkPhone(form.phone, 'phone');
  if (phone?.type === 'refused') return phone;
  if (!email && !phone) return refuse('contactMissing', 'There is no way to reach this person.', { path: 'email', hint: 'Send an e-mail address or a telephone number.' });

  const { choice, address } = form;
  const zip = address.zip?.toUpperCase().replace(/[^A-Z0-9]/g, '') ?? '';
  const where = `${address.rue}, ${address.ville}${zip ? ` ${zip.slice(0, 3)} ${zip.slice(3)}` : ''}`;
  const leadKey = `wl_${shortHash([email?.value.toLowerCase() ?? phone!.value, foldText(address.rue), foldText(address.ville)].join('|'))}`;
  const [first = '', ...family] = (form.name ?? '').split(/\s+/);
  const language = form.language ?? 'fr';
  const zone = context.expansionZones.find(
    (one) => one.municipalities.some((name) => foldText(name) === foldText(address.ville)) && (!one.postalAreas?.length || one.postalAreas.includes(zip.slice(0, 3))),
  );

  const fields: Readonly<Record<string, Json>> = {
    // ERPNext wants a person, a company or an e-mail address; a telephone alone is nobody to it.
    ...(first ? { first_name: first } : email ? {} : { first_name: phone!.value }),
    ...(family.length > 0 ? { last_name: family.join(' ') } : {}),
    ...(form.company === undefined ? {} : { company_name: form.company }),
    ...(email ? { email_id: email.value } : {}),
    ...(phone ? { mobile_no: phone.value } : {}),
    status: 'Lead',
    request_type: choice === 'business' ? 'Request for Information' : 'Product Enquiry',
    interest: INTEREST[choice],
    city: address.ville,
    state: context.province,
    country: context.country,
    language,
    ...(address.rqa_uuid === undefined ? {} : { rqa_uuid: address.rqa_uuid }),
    ...(choice === 'business' && context.businessSegment ? { market_segment: context.businessSegment } : {}),
    notes: [where, form.message].flatMap((note) => (note ? [{ note: escapeHtml(note) }] : [])),
  };
  const lead: DocumentPlan = { step: 'lead', doctype: 'Lead', key: leadKey, fields, links: {} };
  const issue: DocumentPlan = {
    step: 'issue',
    doctype: 'Issue',
    key: `${leadKey}:issue`,
    fields: {
      subject: `Soumission fibre entreprise - ${where}`.slice(0, 140), status: 'Open',
      ...(email ? { raised_by: email.value } : {}),
      description: escapeHtml([form.company, form.name, where, form.message].filter((part) => part !== undefined).join(' | ')),
    },
    links: { lead: 'lead' },
  };
  const interest = INTEREST[choice];
  const notices: readonly NoticeToSend[] = [
    noticeToSend('newLead', leadKey, 'email', context.supportEmail, 'fr', { leadId: leadKey, interest, address: where, zone: zone?.name ?? null }),
    ...(choice === 'notify' ? [noticeToSend('leadCaptured', leadKey, email ? 'email' : 'sms', email?.value ?? phone!.value, language, { address: where })] : []),
    ...(choice === 'business'
      ? [noticeToSend('businessQuote', leadKey, 'email', context.salesEmail, 'fr', {
          issueId: `${leadKey}:issue`, company: form.company ?? '–', contactName: form.name ?? '–', contactEmail: email?.value ?? '–', contactPhone: phone?.value ?? null, address: where, need: form.message ?? '–',
        })]
      : zone ? [noticeToSend('salesLead', leadKey, 'chat', context.salesRoom, 'fr', { leadId: leadKey, municipality: address.ville, zone: zone.name, interest })] : []),
  ];
  const notifySales = choice === 'business' || zone !== undefined;
  const plan: LeadPlan = {
    leadKey,
    choice,
    documents: choice === 'business' ? [lead, issue] : [lead],
    tags: [address.ville, ...(zip ? [zip.slice(0, 3)] : [])],
    expansionZone: zone?.name ?? null,
    notifySales,
    assignTo: choice === 'business' ? (context.salesUser ?? null) : null,
    notices,
    mayOrderPhone: choice === 'phoneOnly',
    language,
  };
  return accept(plan, `interest: ${INTEREST[choice]}`, zone ? `the address lies in expansion zone ${zone.name}` : 'the address lies in no expansion zone');
}
