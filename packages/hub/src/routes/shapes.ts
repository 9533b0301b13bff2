// JSON Schema for what several routes take. Bounded everywhere: a body limit alone does not stop a 1 MB street name.
export const id = (pattern = '^[A-Za-z0-9._:-]{1,128}$') => ({ type: 'string', pattern }) as const;
export const line = (maxLength = 200) => ({ type: 'string', minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' }) as const;
export const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum }) as const;
export const instant = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$' } as const;
export const serial = { type: 'string', pattern: '^[A-Za-z0-9-]{4,32}$' } as const;
export const object = <const P extends object>(properties: P, required: readonly (keyof P & string)[] = []) => ({ type: 'object', properties, required, additionalProperties: false }) as const;
export const json = { type: 'object', additionalProperties: true } as const;
export const typePattern = { type: 'string', pattern: '^[A-Za-z*][A-Za-z0-9.*]{0,79}$' } as const;
/** What an answer is called in the OpenAPI document; the fields are those of api.ts. */
export const ok = (description: string) => ({ 200: { description, type: 'object', additionalProperties: true }, '4xx': { description: 'refused (data, with `code`, `path` and `hint`) or vendorError', type: 'object', additionalProperties: true } }) as const;
export const okList = (description: string) => ({ 200: { description, type: 'array', items: json } }) as const;
