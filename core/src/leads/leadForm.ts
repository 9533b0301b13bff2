import { decimal, matching, oneOf, optional, record, text } from '../kernel/parse.ts';

/** What the form of someone without fibre may hold. @example parse.parse(leadForm, { choice: 'notify', email: 'marie@example.ca', address: { rue: '12 rue X', ville: 'Ormstown' } }) */
export const leadForm = record({
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
export type LeadForm = ReturnType<typeof leadForm>;
