import { insert, setDirectly } from './documents.ts';
import { FrappeFault, invalid } from './fault.ts';
import type { Hooks } from './hooks.ts';
import { collate } from './site.ts';
import type { Row } from './store.ts';

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
const names = (full: string) => ({ first_name: full.split(' ')[0] ?? full, last_name: full.split(' ').slice(1).join(' ') });

/** Customer, Contact, Address, Lead, Issue, User, Item, Item Price, Account: what ERPNext adds or refuses by itself. */
export const partyHooks: Readonly<Record<string, Hooks>> = {
  Customer: {
    defaults(site, row) {
      row['customer_group'] ??= site.setting('Selling Settings', 'customer_group') ?? null;
      row['territory'] ??= site.setting('Selling Settings', 'territory') ?? null;
    },
    validate(site, row) {
      const group = site.store.find('Customer Group', text(row['customer_group']));
      if (group?.['is_group']) throw invalid('Cannot select a Group type Customer Group. Please select a non-group Customer Group.');
      if (site.store.find('Customer Group', text(row['customer_name']))) throw invalid('A Customer Group exists with same name please change the Customer name or rename the Customer Group');
      if (row['is_frozen'] === undefined) row['is_frozen'] = 0;
    },
    inserted(site, row, input) {
      const lead = text(row['lead_name']);
      if (lead) setDirectly(site, 'Lead', lead, { status: 'Converted' });
      const link = [{ link_doctype: 'Customer', link_name: row.name }];
      if (!lead && (text(input['email_id']) || text(input['mobile_no']))) {
        const person = text(input['first_name']) ? { first_name: input['first_name'], last_name: input['last_name'] } : names(text(row['customer_name']));
        const contact = asSystem(site, () => insert(site, 'Contact', {
          ...person, is_primary_contact: 1, links: link,
          email_ids: text(input['email_id']) ? [{ email_id: input['email_id'], is_primary: 1 }] : [],
          phone_nos: text(input['mobile_no']) ? [{ phone: input['mobile_no'], is_primary_mobile_no: 1 }] : [],
        }));
        setDirectly(site, 'Customer', row.name, { customer_primary_contact: contact.name, email_id: contact['email_id'], mobile_no: contact['mobile_no'] });
      }
      if (text(input['address_line1']) && text(input['city']) && text(input['country'])) {
        const address = asSystem(site, () => insert(site, 'Address', { address_title: row['customer_name'], address_type: 'Billing', is_primary_address: 1, links: link, ...pick(input, ['address_line1', 'address_line2', 'city', 'state', 'pincode', 'country']) }));
        setDirectly(site, 'Customer', row.name, { customer_primary_address: address.name });
      }
    },
  },
  Contact: {
    defaults(site, row) {
      void site;
      const emails = row['email_ids'] as Row[];
      const phones = row['phone_nos'] as Row[];
      row['full_name'] = [row['first_name'], row['last_name']].map(text).filter(Boolean).join(' ') || null;
      row['email_id'] = (emails.find((one) => one['is_primary']) ?? emails[0])?.['email_id'] ?? null;
      row['mobile_no'] = phones.find((one) => one['is_primary_mobile_no'])?.['phone'] ?? null;
      row['phone'] = phones.find((one) => one['is_primary_phone'])?.['phone'] ?? null;
    },
    validate(site, row) {
      void site;
      if ((row['email_ids'] as Row[]).filter((one) => one['is_primary']).length > 1) throw invalid('Only one Email ID can be set as primary.');
      if ((row['phone_nos'] as Row[]).filter((one) => one['is_primary_mobile_no']).length > 1) throw invalid('Only one Mobile No can be set as primary.');
      for (const one of row['phone_nos'] as Row[]) checkPhone(one['phone']);
    },
  },
  Lead: {
    validate(site, row) {
      const person = [row['first_name'], row['last_name']].map(text).filter(Boolean).join(' ');
      if (!person && !text(row['company_name']) && !text(row['email_id'])) throw invalid("A Lead requires either a person's name or an organization's name");
      row['lead_name'] = person || text(row['company_name']) || text(row['email_id']).split('@')[0];
      row['title'] = text(row['company_name']) || row['lead_name'];
      const email = text(row['email_id']);
      if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) throw invalid(`${email} is not a valid Email Address`, 'InvalidEmailAddressError');
      checkPhone(row['mobile_no']);
      if (email && !site.setting('CRM Settings', 'allow_lead_duplication_based_on_emails')) {
        const twin = [...site.store.rows('Lead').values()].find((one) => one.name !== row.name && collate(one['email_id']) === collate(email));
        if (twin) throw new FrappeFault(409, 'DuplicateEntryError', `Email Address must be unique, it is already used in <a href="/app/lead/${twin.name}">${twin.name}</a>`);
      }
    },
  },
  Issue: {
    defaults(site, row) {
      row['raised_by'] ??= site.user;
      row['opening_date'] = site.today();
      const customer = site.store.find('Customer', text(row['customer']));
      if (customer) row['customer_name'] = customer['customer_name'];
    },
  },
  User: {
    defaults(site, row) {
      void site;
      row['email'] = text(row['email']).toLowerCase();
      row['full_name'] = [row['first_name'], row['last_name']].map(text).filter(Boolean).join(' ');
    },
  },
  Item: {
    validate(site, row) {
      void site;
      row['item_name'] ??= row['item_code'];
    },
  },
  'Item Price': {
    defaults(site, row) {
      row['valid_from'] ??= site.today();
      row['item_name'] ??= site.store.find('Item', text(row['item_code']))?.['item_name'] ?? null;
      const list = site.store.find('Price List', text(row['price_list']));
      row['currency'] ??= list?.['currency'] ?? null;
      row['selling'] = list?.['selling'] ?? 0;
    },
    validate(site, row) {
      const same = ['item_code', 'price_list', 'uom', 'customer', 'valid_from', 'valid_upto', 'currency'];
      for (const one of site.store.rows('Item Price').values()) {
        if (one.name !== row.name && same.every((field) => (one[field] ?? null) === (row[field] ?? null))) throw invalid('Item Price appears multiple times based on Price List, Supplier/Customer, Currency, Item, Batch, UOM, Qty, and Dates.', 'ItemPriceDuplicateItem');
      }
    },
  },
};

function checkPhone(phone: unknown): void {
  if (typeof phone === 'string' && phone !== '' && !/^[+0-9 ().\-ext#]{3,40}$/.test(phone)) throw invalid(`${phone} is not a valid Phone Number`, 'InvalidPhoneNumberError');
}
function pick(from: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, from[key]]));
}
// Documents ERPNext makes by itself do not ask for the user's rights.
function asSystem<T>(site: { roles: readonly string[] }, work: () => T): T {
  const roles = site.roles;
  site.roles = ['System Manager'];
  try {
    return work();
  } finally {
    site.roles = roles;
  }
}
