import { invoiceHooks } from './invoice.ts';
import { partyHooks } from './parties.ts';
import { paymentHooks } from './payment.ts';
import { projectHooks } from './projects.ts';
import { schemaHooks } from './schema.ts';
import type { Site } from './site.ts';
import type { Row } from './store.ts';

/** What a doctype's own Python does around the framework's checks. */
export interface Hooks {
  /** Before links are checked and the name is given, on insert only. `input` is what was sent, unknown keys included. */
  defaults?(site: Site, row: Row, input: Readonly<Record<string, unknown>>): void;
  /** On every save, before mandatory fields are checked. */
  validate?(site: Site, row: Row, before: Row | undefined): void;
  /** After every save, once the row is in its table. */
  saved?(site: Site, row: Row): void;
  inserted?(site: Site, row: Row, input: Readonly<Record<string, unknown>>): void;
  submitted?(site: Site, row: Row): void;
  cancelled?(site: Site, row: Row): void;
}

export const hooks: Readonly<Record<string, Hooks>> = { ...partyHooks, ...projectHooks, ...invoiceHooks, ...paymentHooks, ...schemaHooks };
