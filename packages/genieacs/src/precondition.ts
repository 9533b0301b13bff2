// The expression language of preset preconditions, as GenieACS 1.2 parses it. An expression it cannot parse stops the ACS for every device.

/** `['PARAM', path]`, `['FUNC', name, …]`, `[operator, …]`, or a literal. */
export type Expression = string | number | boolean | null | readonly [string, ...Expression[]];

const TOKEN = /\s*(?:('(?:[^']|'')*'|"(?:\\.|[^"\\])*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![A-Za-z0-9_.*-])|(<=|>=|<>|\|\||[=<>()+,/%{}])|([A-Za-z0-9_.*-]+))/y;
const KEYWORDS = new Set(['AND', 'OR', 'NOT', 'IS', 'LIKE', 'NULL', 'TRUE', 'FALSE', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'ESCAPE']);

/**
 * Reads a precondition; undefined when GenieACS could not. Empty means "always": true.
 * @example readPrecondition('Tags.voip IS NULL') // ['IS NULL', ['PARAM', 'Tags.voip']]
 */
export function readPrecondition(text: string): Expression | undefined {
  if (text.trim() === '') return true;
  try {
    return parse(tokens(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const unreadable = (): never => {
  throw new SyntaxError('not an expression');
};

function tokens(text: string): string[] {
  const found: string[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text) ?? unreadable();
    found.push(match[0].trim());
  }
  return found;
}

function parse(list: readonly string[]): Expression {
  let at = 0;
  const word = (): string => (list[at] ?? '').toUpperCase();
  const take = (...wanted: readonly string[]): string | undefined => (wanted.includes(word()) && at < list.length ? list[at++]!.toUpperCase() : undefined);
  const must = (wanted: string): unknown => take(wanted) ?? unreadable();
  const chain = (operators: readonly string[], next: () => Expression): Expression => {
    let left = next();
    for (let operator = take(...operators); operator; operator = take(...operators)) left = [operator, left, next()];
    return left;
  };
  const either = (): Expression => chain(['OR'], () => chain(['AND'], not));
  // GenieACS takes one NOT before a comparison, not two.
  const not = (): Expression => (take('NOT') ? ['NOT', comparison()] : comparison());
  const value = (): Expression => chain(['||'], () => chain(['+', '-'], () => chain(['*', '/', '%'], single)));
  const comparison = (): Expression => {
    const left = value();
    if (take('IS')) {
      const negated = take('NOT');
      must('NULL');
      return [negated ? 'IS NOT NULL' : 'IS NULL', left];
    }
    const operator = take('>=', '<>', '<=', '=', '>', '<');
    if (operator) return [operator, left, value()];
    const negated = take('NOT');
    if (take('LIKE')) return [negated ? 'NOT LIKE' : 'LIKE', left, value(), ...(take('ESCAPE') ? [value()] : [])];
    return negated ? unreadable() : left;
  };
  const single = (): Expression => {
    if (take('(')) {
      const inner = either();
      must(')');
      return inner;
    }
    const token = list[at++] ?? unreadable();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token.startsWith('"')) return JSON.parse(token) as string;
    if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(token)) return Number(token);
    const name = token.toUpperCase();
    if (name === 'NULL') return null;
    if (name === 'TRUE' || name === 'FALSE') return name === 'TRUE';
    // CASE and computed names are left to GenieACS' own editor.
    if (KEYWORDS.has(name) || !/^[A-Za-z0-9_.*-]+$/.test(token)) return unreadable();
    if (!take('(')) return ['PARAM', token];
    const args: Expression[] = [];
    while (!take(')')) {
      args.push(either());
      if (word() !== ')') must(',');
    }
    return ['FUNC', name, ...args];
  };
  const found = either();
  return at === list.length ? found : unreadable();
}
