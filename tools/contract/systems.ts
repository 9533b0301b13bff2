/** What one system's contract is made of: the numbers of its behaviours, or, where nobody numbered them, the tests that speak of it. */
export interface System {
  /** Behaviours that have a number: `[erp-1]` to `[erp-40]`. */
  readonly numbered?: { readonly tag: 'acs' | 'access' | 'erp'; readonly numbers: readonly number[] };
  /** Else every test of these files whose full name, or file name, fits. */
  readonly tests?: { readonly files: RegExp; readonly about?: RegExp; readonly notAbout?: RegExp; /** The files that speak to a real server when its address is set; the others always speak to the sandbox, and say nothing about it. */ readonly real?: RegExp };
}

const from = (first: number, last: number): readonly number[] => Array.from({ length: last - first + 1 }, (_one, index) => first + index);
const payments = /packages\/payments\/test\/.*\.test\.ts$/;

/** Every system with a contract. The migration belongs to the system it ends on, the device profiles to the one most devices are on. */
export const systems: Readonly<Record<string, System>> = {
  erpnext: { numbered: { tag: 'erp', numbers: from(1, 40) } },
  genieacs: { numbered: { tag: 'acs', numbers: [...from(1, 33), 43] } },
  oktopus: { numbered: { tag: 'acs', numbers: from(34, 42) } },
  voltha: { numbered: { tag: 'access', numbers: from(1, 19) } },
  netbox: { numbered: { tag: 'access', numbers: from(20, 30) } },
  radius: { numbered: { tag: 'access', numbers: from(31, 45) } },
  stripe: { tests: { files: /packages\/(payments\/test\/.*|sandbox\/test\/stripe.*)\.test\.ts$/, notAbout: /paypal|azure|marketplace/i, real: /stripe\.contract\.test\.ts$/ } },
  paypal: { tests: { files: payments, about: /paypal/i, real: /paypal\w*\.contract\.test\.ts$/ } },
  routr: { tests: { files: /packages\/routr\/test\/.*\.test\.ts$/ } },
  traccar: { tests: { files: /packages\/traccar\/test\/.*\.test\.ts$/ } },
  'azure-marketplace': { tests: { files: payments, about: /azure|marketplace/i, real: /azureMarketplace\.contract\.test\.ts$/ } },
};

/** Settings of a real server that are set, by name: `LEADLIGHT_AZURE_MARKETPLACE_URL` and its neighbours. The first is the address. */
export function settingsOf(system: string, env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const prefix = `LEADLIGHT_${system.toUpperCase().replace(/-/g, '_')}_`;
  return Object.keys(env).filter((name) => name.startsWith(prefix) && env[name]).sort((a, b) => Number(b === `${prefix}URL`) - Number(a === `${prefix}URL`) || a.localeCompare(b));
}
