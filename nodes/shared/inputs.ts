import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { JsonObject } from '../../core/src/index.ts';
import { listOf } from './listOf.ts';

/** Typed reading of one item's parameters. Whatever cannot be read is named by the label the user sees. */
export interface Inputs {
  /** A text that must not be empty. */
  text(name: string): string;
  /** A text, or undefined when left empty. */
  maybeText(name: string): string | undefined;
  /** A text that must not be empty, taken apart at its commas. */
  list(name: string): readonly string[];
  number(name: string): number;
  flag(name: string): boolean;
  /** JSON typed by hand or given by an expression: any value. */
  json(name: string): unknown;
  /** What somebody outside sent: JSON where it is JSON, otherwise the text itself, so that the rule refuses it and not the node. */
  given(name: string): unknown;
  /** JSON that must be an object. */
  object(name: string): JsonObject;
  /** The picked value of a resource locator. */
  picked(name: string): string;
  /** How it was picked: `list`, `id`, … */
  modeOf(name: string): string;
  /** The file that an item carries under the name the parameter holds. */
  binary(name: string): Promise<Binary>;
  /** A collection of optional fields; what was not added is absent. */
  options(name: string): Options;
}

/** A file of an item. */
export interface Binary {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly mimeType: string;
}

/** The same reading for the entries of an Options collection; all of them are optional. */
export interface Options {
  text(name: string): string | undefined;
  list(name: string): readonly string[] | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  json(name: string): unknown;
}

/** Parameters of item `index`, read through n8n. @example const read = inputsOf(this, 0, operation.fields); */
export function inputsOf(context: IExecuteFunctions, index: number, fields: readonly INodeProperties[]): Inputs {
  const label = (name: string): string => fields.find((field) => field.name === name)?.displayName ?? name;
  const raw = (name: string, extractValue = false): unknown => context.getNodeParameter(name, index, undefined, extractValue ? { extractValue } : undefined);
  const complain = (name: string, expected: string): never => {
    throw new NodeOperationError(context.getNode(), `'${label(name)}' must be ${expected}`, {
      itemIndex: index,
      description: `Fill in '${label(name)}', or check what its expression gives for this item.`,
    });
  };
  const asText = (value: unknown): string => (value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value).trim());
  const asJson = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string') return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      return complain(name, 'valid JSON');
    }
  };
  const asNumber = (name: string, value: unknown): number => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : complain(name, 'a number');
  };
  const text = (name: string): string => asText(raw(name)) || complain(name, 'filled in');
  return {
    text,
    list: (name) => listOf(text(name)),
    maybeText: (name) => asText(raw(name)) || undefined,
    number: (name) => asNumber(name, raw(name)),
    flag: (name) => raw(name) === true,
    json: (name) => asJson(name, raw(name)),
    given: (name) => {
      const value = raw(name);
      try {
        return typeof value === 'string' ? JSON.parse(value) : value;
      } catch {
        return value;
      }
    },
    object: (name) => {
      const value = asJson(name, raw(name));
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : complain(name, 'a JSON object');
    },
    picked: (name) => asText(raw(name, true)) || complain(name, 'chosen'),
    modeOf: (name) => String((raw(name) as { readonly mode?: string } | undefined)?.mode ?? ''),
    binary: async (name) => {
      const field = text(name);
      const { fileName = '', mimeType } = context.helpers.assertBinaryData(index, field);
      return { bytes: await context.helpers.getBinaryDataBuffer(index, field), fileName, mimeType };
    },
    options: (collection) => {
      const entries = (raw(collection) ?? {}) as Record<string, unknown>;
      const present = (name: string): boolean => entries[name] !== undefined && entries[name] !== '';
      return {
        text: (name) => (present(name) ? asText(entries[name]) : undefined),
        list: (name) => (present(name) ? listOf(asText(entries[name])) : undefined),
        number: (name) => (present(name) ? asNumber(name, entries[name]) : undefined),
        flag: (name) => (present(name) ? entries[name] === true : undefined),
        json: (name) => (present(name) ? unlessEmpty(asJson(name, entries[name])) : undefined),
      };
    },
  };
}

function unlessEmpty(value: unknown): unknown {
  return value === null || (typeof value === 'object' && Object.keys(value as object).length === 0) ? undefined : value;
}
