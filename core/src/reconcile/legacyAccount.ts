import type { LegacyValues } from '../network/legacyRow.ts';
import { checkEmail } from '../ordering/checkEmail.ts';
import { legacyCell, legacyId, legacyMapColumns as columns } from './legacyTable.ts';

/** A Customer as the ERP has it. */
export interface LegacyCustomer { readonly name: string; readonly legacyId: string | null; readonly email: string | null }
/** Where the chain of a drop ends: with a Customer that has the id, one known by e-mail alone, or one to be made from the account. */
export type LegacyEnd = { readonly customer: string; readonly by: 'legacyId' | 'email' } | { readonly customer: null; readonly by: 'account' };

/**
 * The name an account bills to; '' when it has none.
 * @example legacyName({ first_name: 'Jean', last_name: 'Tremblay' }) // 'Jean Tremblay'
 */
export function legacyName(account: LegacyValues): string {
  const full = legacyCell(account, columns.company) || legacyCell(account, columns.name) || `${legacyCell(account, columns.firstName)} ${legacyCell(account, columns.lastName)}`;
  return full.trim().slice(0, 140);
}

/** The e-mail of an account in one spelling; null when it has none that could be one. @example legacyEmail({ email: 'Jean@Example.ca' }) // 'jean@example.ca' */
export function legacyEmail(account: LegacyValues): string | null {
  const checked = checkEmail(legacyCell(account, columns.email));
  return checked.type === 'accepted' ? checked.value.toLowerCase() : null;
}

/**
 * Finds an account's Customer: by the old id first; by e-mail only where it is one account's and one customer's, who has no old id yet.
 * @example legacyCustomerFinder([], [{ name: 'CUST-1', legacyId: '0042', email: null }])('42', undefined) // { customer: 'CUST-1', by: 'legacyId' }
 */
export function legacyCustomerFinder(accounts: readonly LegacyValues[], customers: readonly LegacyCustomer[]): (accountId: string, account: LegacyValues | undefined) => LegacyEnd | 'severalCustomers' | 'severalAccounts' | undefined {
  const [byId, byEmail, accountsOf] = [new Map<string, string[]>(), new Map<string, string[]>(), new Map<string, Set<string>>()];
  const add = (map: Map<string, string[]>, key: string | null, name: string): void => { if (key) map.set(key, [...(map.get(key) ?? []), name]); };
  for (const { name, legacyId: id, email } of customers) {
    if (id) add(byId, legacyId(id), name);
    else add(byEmail, email?.trim().toLowerCase() ?? null, name);
  }
  for (const one of accounts) {
    const [email, id] = [legacyEmail(one), legacyId(legacyCell(one, columns.accountId))];
    if (email && id) accountsOf.set(email, (accountsOf.get(email) ?? new Set()).add(id));
  }
  return (accountId, account) => {
    const same = byId.get(accountId) ?? [];
    if (same.length > 1) return 'severalCustomers';
    if (same[0]) return { customer: same[0], by: 'legacyId' };
    const email = account && legacyEmail(account);
    const known = (email && byEmail.get(email)) || [];
    if (known.length === 0) return undefined;
    if (known.length > 1) return 'severalCustomers';
    return accountsOf.get(email!)!.size > 1 ? 'severalAccounts' : { customer: known[0]!, by: 'email' };
  };
}
