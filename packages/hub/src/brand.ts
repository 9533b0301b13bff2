import type { JsonSchema } from '../../../core/src/index.ts';

/** Who an operator is to its customers: what must stand on an invoice, and how it looks. */
export interface Brand {
  readonly version: string;
  readonly name: string;
  /** Line by line, as on an envelope. */
  readonly address: readonly string[];
  /** Registration numbers that must stand on every invoice, e.g. GST and QST in Québec. */
  readonly taxNumbers: readonly { readonly tax: string; readonly number: string }[];
  /** `#rrggbb`. */
  readonly colour?: string;
  /** An https address, or a picture as `data:image/…;base64,…`. */
  readonly logo?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly website?: string;
  /** A last line, e.g. how to pay. */
  readonly footer?: { readonly fr: string; readonly en: string };
}

const line = { type: 'string', pattern: '^\\S(?:[^\\u0000-\\u001f\\u007f]{0,118}\\S)?$', description: 'a trimmed text of 1 to 120 characters' } as const;
const text = (pattern: string, description: string) => ({ type: 'string', pattern, description }) as const;

export const brandSchema: JsonSchema = {
  type: 'object', required: ['version', 'name', 'address', 'taxNumbers'], additionalProperties: false,
  properties: {
    version: line, name: line, address: { type: 'array', items: line, maxItems: 8 }, email: line, phone: line, website: line,
    taxNumbers: { type: 'array', maxItems: 8, items: { type: 'object', required: ['tax', 'number'], properties: { tax: line, number: line }, additionalProperties: false } },
    footer: { type: 'object', required: ['fr', 'en'], properties: { fr: line, en: line }, additionalProperties: false },
    colour: text('^#[0-9a-fA-F]{6}$', 'a colour like #1a6b3c'),
    logo: text('^(https://[^\\s"\'<>]{1,500}|data:image/(png|jpeg|svg\\+xml|webp);base64,[A-Za-z0-9+/=]{1,200000})$', 'an https address or a picture as data:image/…;base64,…'),
  },
};
