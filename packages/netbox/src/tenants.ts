import type { Raw, Wire } from './call.ts';
import { rejected } from './errors.ts';
import { takeOnce } from './takeOnce.ts';

export interface Tenant { readonly type: 'tenant'; readonly id: number; readonly name: string; readonly slug: string; readonly created: boolean }

/** Customers as tenants. @example await tenants(wire).ensure({ slug: 'cust-000123', name: 'Customer 000123' }) */
export function tenants(wire: Wire) {
  const read = (raw: Raw, created = false): Tenant => ({ type: 'tenant', id: Number(raw['id']), name: String(raw['name']), slug: String(raw['slug']), created });
  async function find(slug: string): Promise<Tenant | null> {
    const { body } = await wire.get('tenants.find', 'tenancy/tenants', { slug });
    const raw = ((body['results'] ?? []) as Raw[]).find((one) => one['slug'] === slug);
    return raw ? read(raw) : null;
  }
  return {
    find,
    /** Tenants whose name or slug holds a text. @example await netbox.tenants.list('cust-') */
    async list(text = '', limit = Number.POSITIVE_INFINITY): Promise<readonly Tenant[]> {
      const found: Tenant[] = [];
      for await (const raw of wire.list('tenants.list', 'tenancy/tenants', text ? { q: text } : {})) if (found.push(read(raw)) >= limit) break;
      return found;
    },
    /**
     * The tenant of a slug, made when it is missing; slugs are unique, so two at once end with one.
     * @throws VendorError rejectedInput, e.g. when another tenant has the name
     * @example await netbox.tenants.ensure({ slug: 'cust-000123', name: 'Customer 000123' })
     */
    async ensure({ slug, name }: { readonly slug: string; readonly name: string }): Promise<Tenant> {
      const operation = 'tenants.ensure';
      if (!/^[-a-zA-Z0-9_]{1,100}$/.test(slug)) throw rejected(operation, 'A slug has letters, digits, - and _ only.', 'Derive it from the customer number.');
      const { it, repeated } = await takeOnce(() => find(slug), () => wire.write(operation, 'POST', 'tenancy/tenants', { name, slug }), async ({ body }) => read((await wire.get(operation, `tenancy/tenants/${Number(body['id'])}`)).body));
      return { ...it, created: !repeated };
    },
  };
}
