/** The parts of a condition that all must hold; null when it is an OR of things, whose parts prove nothing. */
function conjuncts(condition: string): readonly string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const token of condition.match(/\\.|\s+|[A-Za-z0-9_.*-]+|[\s\S]/g) ?? []) {
    if (quote !== '') {
      if (token === quote) quote = '';
    } else if (token === '"' || token === "'") quote = token;
    else if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (depth === 0 && /^or$/i.test(token)) return null;
    else if (depth === 0 && /^and$/i.test(token)) {
      parts.push(part);
      part = '';
      continue;
    }
    part += token;
  }
  return [...parts, part].map((one) => one.replace(/\s+/g, ' ').trim());
}

/**
 * Whether a preset's precondition leaves out devices with a tag for certain: the absence of the tag must stand beside everything else, not
 * in an alternative.
 * @example leavesOut('DeviceID.ProductClass = "HT803G-W" AND Tags.leadlight-migrating IS NULL', 'leadlight-migrating') // true
 */
export function leavesOut(precondition: string, tag: string): boolean {
  return (conjuncts(precondition) ?? []).some((one) => one.toLowerCase() === `tags.${tag} is null`.toLowerCase() && one.slice(5, 5 + tag.length) === tag);
}
