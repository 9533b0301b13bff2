// The part of Jinja and of Python's expressions that webhooks are written in: enough for bodies and conditions, nothing more.
type Scope = Readonly<Record<string, unknown>>;
interface Token { readonly kind: 'text' | 'number' | 'word' | 'sign'; readonly value: string }

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([A-Za-z_]\w*)|(==|!=|[()[\].,|-]))/gy;

function tokensOf(source: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; source.slice(at).trim() !== ''; at = TOKEN.lastIndex) {
    const match = TOKEN.exec(source);
    if (!match) throw new Error(`unexpected '${source.slice(at).trim()}'`);
    const [, number, double, single, word, sign] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) found.push({ kind: 'text', value: JSON.parse(`"${quoted.replace(/\\'/g, "'").replace(/(^|[^\\])"/g, '$1\\"')}"`) as string });
    else if (number !== undefined) found.push({ kind: 'number', value: number });
    else if (word !== undefined) found.push({ kind: 'word', value: word });
    else found.push({ kind: 'sign', value: sign! });
  }
  return found;
}

const truthy = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));
/** What Python's str() makes of a value. */
const str = (value: unknown): string => (value === null ? 'None' : value === undefined ? '' : value === true ? 'True' : value === false ? 'False' : String(value));

const FILTERS: Readonly<Record<string, (value: unknown) => unknown>> = {
  string: str,
  // An undefined value is not JSON serializable; the whole body fails then.
  tojson(value) {
    if (value === undefined) throw new Error('Object of type Undefined is not JSON serializable');
    return JSON.stringify(value);
  },
};
const WORDS: Readonly<Record<string, unknown>> = { None: null, none: null, True: true, true: true, False: false, false: false };

/** The value of an expression. @example evaluate('doc.status == "Open"', { doc: { status: 'Open' } }) // true */
export function evaluate(source: string, scope: Scope): unknown {
  const tokens = tokensOf(source);
  let at = 0;
  const next = (value: string): boolean => tokens[at]?.value === value && (tokens[at]!.kind === 'word' || tokens[at]!.kind === 'sign');
  const take = (value: string): boolean => next(value) && (at += 1) > 0;
  const need = (value: string): void => {
    if (!take(value)) throw new Error(`expected '${value}' in ${source}`);
  };
  const list = (end: string): unknown[] => {
    const found: unknown[] = [];
    while (!take(end)) {
      found.push(choice());
      if (!take(',') && !next(end)) throw new Error(`expected '${end}' in ${source}`);
    }
    return found;
  };
  const primary = (): unknown => {
    const token = tokens[at];
    if (!token) throw new Error(`unexpected end of ${source}`);
    at += 1;
    if (token.kind === 'text') return token.value;
    if (token.kind === 'number') return Number(token.value);
    if (token.value === '-') return -Number(primary());
    if (token.value === '[') return list(']');
    if (token.value === '(') {
      const inner = choice();
      need(')');
      return inner;
    }
    if (token.kind !== 'word') throw new Error(`unexpected '${token.value}' in ${source}`);
    let value = token.value in WORDS ? WORDS[token.value] : scope[token.value];
    // A document is a dict that answers None for what it lacks.
    for (let key: string; take('.'); value = typeof value === 'object' && value !== null ? ((value as Scope)[key] ?? null) : undefined) key = tokens[at++]!.value;
    return value;
  };
  const filtered = (): unknown => {
    let value = primary();
    while (take('|')) {
      const name = tokens[at++]?.value ?? '';
      if (!FILTERS[name]) throw new Error(`No filter named '${name}'`);
      value = FILTERS[name](value);
    }
    return value;
  };
  const compared = (): unknown => {
    const left = filtered();
    if (take('==')) return left === filtered();
    if (take('!=')) return left !== filtered();
    if (take('in')) return (filtered() as unknown[]).includes(left);
    if (next('not') && tokens[at + 1]?.value === 'in') {
      at += 2;
      return !(filtered() as unknown[]).includes(left);
    }
    return left;
  };
  const negated = (): unknown => (take('not') ? !truthy(negated()) : compared());
  const both = (): unknown => {
    let value = negated();
    while (take('and')) {
      const right = negated();
      value = truthy(value) ? right : value;
    }
    return value;
  };
  const either = (): unknown => {
    let value = both();
    while (take('or')) {
      const right = both();
      value = truthy(value) ? value : right;
    }
    return value;
  };
  const choice = (): unknown => {
    const value = either();
    if (!take('if')) return value;
    const test = either();
    const other = take('else') ? choice() : undefined;
    return truthy(test) ? value : other;
  };
  const value = choice();
  if (at < tokens.length) throw new Error(`unexpected '${tokens[at]!.value}' in ${source}`);
  return value;
}

/** A text with `{{ … }}` and `{% for x in … %}` filled in. @example render('{{ doc.name | tojson }}', { doc: { name: 'A' } }) // '"A"' */
export function render(template: string, scope: Scope): string {
  const parts = template.split(/(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})/);
  let at = 0;
  const block = (inside: Scope, skip: boolean): string => {
    let out = '';
    while (at < parts.length) {
      const part = parts[at++]!;
      const code = part.slice(2, -2).trim();
      if (part.startsWith('{{')) out += skip ? '' : str(evaluate(code, inside));
      else if (!part.startsWith('{%')) out += skip ? '' : part;
      else if (code === 'endfor') return out;
      else out += loop(code, inside, skip);
    }
    return out;
  };
  const loop = (code: string, inside: Scope, skip: boolean): string => {
    const [, name, source] = /^for (\w+) in (.+)$/.exec(code) ?? [];
    if (name === undefined) throw new Error(`Encountered unknown tag '${code}'`);
    const rows = skip ? [] : ((evaluate(source!, inside) ?? []) as unknown[]);
    const from = at;
    let out = '';
    rows.forEach((row, index) => {
      at = from;
      out += block({ ...inside, [name]: row, loop: { first: index === 0, last: index === rows.length - 1, index: index + 1 } }, false);
    });
    if (rows.length === 0) block(inside, true);
    return out;
  };
  return block(scope, false);
}
