import type { Json } from '../../../core/src/index.ts';

const HIDDEN = '[redacted]';
const SECRET = /(passphrase|password|passwd|presharedkey|psk|wepkey|secret|privatekey|x_tp_.*pwd|cr_?password)$/i;

/**
 * Whether a parameter's last name says it holds a secret. Such a parameter is written but never shown and never verified by reading
 * back: real CPEs report it empty (acs.md 1.8).
 * @example isSecretPath('Device.WiFi.AccessPoint.1.Security.KeyPassphrase') // true
 */
export function isSecretPath(path: string): boolean {
  const last = path.replace(/\.+$/, '').split('.').at(-1) ?? '';
  return SECRET.test(/^\d+$/.test(last) ? path.split('.').slice(-2)[0]! : last);
}

/**
 * Takes secrets out of anything GenieACS returned: device documents, tasks (`parameterValues`), fault provisions.
 * An empty value stays empty: it says nothing and is worth seeing.
 * @example redact([['X.KeyPassphrase', 'hunter2']]) // [['X.KeyPassphrase', '[redacted]']]
 */
export function redact(value: Json | undefined, underSecret = false): Json {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (list.length > 1 && list.some((one) => typeof one === 'string' && isSecretPath(one))) {
      // A row such as [path, value, type] of a task, or ["value", path, value] of a provision.
      const at = list.findIndex((one) => typeof one === 'string' && isSecretPath(one));
      return list.map((one, i) => (i === at + 1 && one !== '' ? HIDDEN : redact(one)));
    }
    return list.map((one) => redact(one, underSecret));
  }
  if (typeof value === 'object') {
    const out: Record<string, Json> = {};
    for (const [key, one] of Object.entries(value)) {
      const hide = key === '_value' ? underSecret : isSecretPath(key);
      out[key] = hide && (typeof one === 'string' || typeof one === 'number') ? (one === '' ? '' : HIDDEN) : redact(one as Json, key.startsWith('_') ? underSecret : hide);
    }
    return out;
  }
  return underSecret && value !== '' && typeof value === 'string' ? HIDDEN : value;
}

/** Hides what follows a secret's name in free text, e.g. an error message that echoes a request. */
export function redactText(text: string): string {
  return text.replace(/((?:passphrase|password|passwd|presharedkey|psk|wepkey|secret|authorization|token)["'\]]*\s*[:=,]\s*["'[]*)[^"'\],\s]+/gi, `$1${HIDDEN}`);
}
