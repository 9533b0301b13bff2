import { noticeToSend, type NoticeToSend } from '../care/noticeFacts.ts';
import type { Json } from '../kernel/json.ts';
import type { DocumentPlan } from '../ordering/documentPlan.ts';
import type { LeadForm } from './leadForm.ts';
import type { ExpansionZone } from '../qualification/expansionZone.ts';
import type { LeadContext } from './leadPlan.ts';

/** One visitor without fibre, as checked. One of `email` and `phone` is always there. */
export interface LeadCase {
  readonly leadKey: string;
  readonly form: LeadForm;
  readonly email?: string;
  readonly phone?: string;
  /** The address on one line. */
  readonly where: string;
  readonly interest: string;
  readonly zone?: ExpansionZone;
}

/** ERPNext keeps notes as HTML. */
const escapeHtml = (value: string): string => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/**
 * The Lead, and for a business its Issue. `Lead.type` has no "Enterprise" in ERPNext: the interest says it (S1-153, S1-155).
 * @example leadDocuments(aCase, gigafibreLeads)[0].doctype // 'Lead'
 */
export function leadDocuments({ leadKey, form, email, phone, where, interest }: LeadCase, context: LeadContext): readonly DocumentPlan[] {
  const { choice, address } = form;
  const [first = '', ...family] = (form.name ?? '').split(/\s+/);
  const fields: Readonly<Record<string, Json>> = {
    // ERPNext wants a person, a company or an e-mail address; a telephone alone is nobody to it.
    ...(first ? { first_name: first } : email ? {} : { first_name: phone! }),
    ...(family.length > 0 ? { last_name: family.join(' ') } : {}),
    ...(form.company === undefined ? {} : { company_name: form.company }),
    ...(email ? { email_id: email } : {}),
    ...(phone ? { mobile_no: phone } : {}),
    status: 'Lead',
    request_type: choice === 'business' ? 'Request for Information' : 'Product Enquiry',
    interest,
    city: address.ville,
    state: context.province,
    country: context.country,
    language: form.language ?? 'fr',
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
      ...(email ? { raised_by: email } : {}),
      description: escapeHtml([form.company, form.name, where, form.message].filter((part) => part !== undefined).join(' | ')),
    },
    links: { lead: 'lead' },
  };
  return choice === 'business' ? [lead, issue] : [lead];
}

/** Who hears of it: the office always, the visitor who asked to be told, sales of a business or an expansion zone. @example leadNotices(aCase, gigafibreLeads)[0].trigger // 'newLead' */
export function leadNotices({ leadKey, form, email, phone, where, interest, zone }: LeadCase, context: LeadContext): readonly NoticeToSend[] {
  const { choice, address, language = 'fr' } = form;
  return [
    noticeToSend('newLead', leadKey, 'email', context.supportEmail, 'fr', { leadId: leadKey, interest, address: where, zone: zone?.name ?? null }),
    ...(choice === 'notify' ? [noticeToSend('leadCaptured', leadKey, email ? 'email' : 'sms', email ?? phone!, language, { address: where })] : []),
    ...(choice === 'business'
      ? [noticeToSend('businessQuote', leadKey, 'email', context.salesEmail, 'fr', {
          issueId: `${leadKey}:issue`, company: form.company ?? '–', contactName: form.name ?? '–', contactEmail: email ?? '–', contactPhone: phone ?? null, address: where, need: form.message ?? '–',
        })]
      : zone ? [noticeToSend('salesLead', leadKey, 'chat', context.salesRoom, 'fr', { leadId: leadKey, municipality: address.ville, zone: zone.name, interest })] : []),
  ];
}
