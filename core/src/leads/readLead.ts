import { accept, refuse, type Decision, type Refused } from '../kernel/decision.ts';
import { shortHash } from '../kernel/id.ts';
import { parse } from '../kernel/parse.ts';
import { checkEmail } from '../ordering/checkEmail.ts';
import { checkPhone } from '../ordering/checkPhone.ts';
import { findCardData } from '../ordering/findCardData.ts';
import { expansionZoneOf } from '../qualification/expansionZone.ts';
import { foldText } from '../qualification/foldText.ts';
import { leadDocuments, leadNotices, type LeadCase } from './leadCase.ts';
import { leadForm } from './leadForm.ts';
import type { LeadContext, LeadPlan } from './leadPlan.ts';

const INTEREST = { notify: 'Fibre Waitlist', phoneOnly: 'Phone Anywhere', business: 'Business Fibre' } as const;

/**
 * Reads the form of someone without fibre (S1-150…155) into what the back office keeps: a Lead always, an Issue for a business, tags for
 * planning, and the notices that follow. The key is made from contact and address, so that pressing the button twice makes one lead.
 * @example readLead({ choice: 'notify', email: 'marie@example.ca', address: { rue: '12 rue X', ville: 'Ormstown' } }, gigafibreLeads).value.leadKey.slice(0, 3) // 'wl_'
 */
export function readLead(input: unknown, context: LeadContext): Decision<LeadPlan, 'badInput' | 'cardDataRefused' | 'emailInvalid' | 'phoneInvalid' | 'contactMissing'> {
  const card = findCardData(input);
  if (card) return card;
  const form = parse(leadForm, input);
  if ('type' in form) return form as unknown as Refused<'badInput'>;
  const email = form.email === undefined ? undefined : checkEmail(form.email, 'email');
  if (email?.type === 'refused') return email;
  const phone = form.phone === undefined ? undefined : checkPhone(form.phone, 'phone');
  if (phone?.type === 'refused') return phone;
  if (!email && !phone) return refuse('contactMissing', 'There is no way to reach this person.', { path: 'email', hint: 'Send an e-mail address or a telephone number.' });

  const { choice, address } = form;
  const zip = address.zip?.toUpperCase().replace(/[^A-Z0-9]/g, '') ?? '';
  const zone = expansionZoneOf({ municipality: address.ville, postalCode: zip }, context.expansionZones);
  const found: LeadCase = {
    leadKey: `wl_${shortHash([email?.value.toLowerCase() ?? phone!.value, foldText(address.rue), foldText(address.ville)].join('|'))}`,
    form,
    ...(email ? { email: email.value } : {}),
    ...(phone ? { phone: phone.value } : {}),
    where: `${address.rue}, ${address.ville}${zip ? ` ${zip.slice(0, 3)} ${zip.slice(3)}` : ''}`,
    interest: INTEREST[choice],
    ...(zone ? { zone } : {}),
  };
  const plan: LeadPlan = {
    leadKey: found.leadKey,
    choice,
    documents: leadDocuments(found, context),
    tags: [address.ville, ...(zip ? [zip.slice(0, 3)] : [])],
    expansionZone: zone?.name ?? null,
    notifySales: choice === 'business' || zone !== undefined,
    assignTo: choice === 'business' ? (context.salesUser ?? null) : null,
    notices: leadNotices(found, context),
    mayOrderPhone: choice === 'phoneOnly',
    language: form.language ?? 'fr',
  };
  return accept(plan, `interest: ${found.interest}`, zone ? `the address lies in expansion zone ${zone.name}` : 'the address lies in no expansion zone');
}
