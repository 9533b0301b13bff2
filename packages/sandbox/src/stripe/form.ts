export type FormValue = string | FormValue[] | { [key: string]: FormValue };
export type Form = { [key: string]: FormValue };

/**
 * Reads Stripe's form encoding: `metadata[order_id]=x`, `expand[0]=y`, `enabled_events[]=z`.
 * @example readForm('amount=5&metadata[order_id]=ord_1') // { amount: '5', metadata: { order_id: 'ord_1' } }
 */
export function readForm(text: string): Form {
  const root: Form = Object.create(null) as Form;
  for (const [name, value] of new URLSearchParams(text)) {
    const keys = [name.replace(/\[.*$/s, ''), ...[...name.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
    place(root, keys, value);
  }
  return lists(root) as Form;
}

function place(node: Form, [key = '', ...rest]: string[], value: string): void {
  const at = key === '' ? String(Object.keys(node).length) : key;
  if (rest.length === 0) {
    node[at] = value;
    return;
  }
  const child = node[at];
  const next = typeof child === 'object' && !Array.isArray(child) ? child : (Object.create(null) as Form);
  node[at] = next;
  place(next, rest, value);
}

/** Objects whose keys are 0, 1, 2 … were lists. */
function lists(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  if (keys.length > 0 && keys.every((key, index) => key === String(index))) return keys.map((key) => lists(value[key]!));
  return Object.fromEntries(keys.map((key) => [key, lists(value[key]!)]));
}
