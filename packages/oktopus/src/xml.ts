/** An element: its name without prefix, attributes likewise, children in order, and the text directly inside. */
export interface XmlElement { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: readonly XmlElement[]; readonly text: string }
interface Open { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Text made safe for an XML element or attribute. @example escapeXml('Café & <Chez>') // 'Café &amp; &lt;Chez&gt;' */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '"' ? '&quot;' : c === "'" ? '&apos;' : `&#${c.charCodeAt(0)};`));
}

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);|&/gi, (whole, name: string | undefined) => {
    if (name === undefined) throw new Error('a lone &');
    if (name.startsWith('#')) {
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      if (!(code > 0 && code <= 0x10ffff)) throw new Error('a character that does not exist');
      return String.fromCodePoint(code);
    }
    const known = ENTITIES[name];
    if (known === undefined) throw new Error(`the unknown entity ${whole.slice(0, 20)}`);
    return known;
  });
}

/**
 * Reads a SOAP envelope or an Inform: elements, attributes, text, CDATA. Own and small because it ships with the n8n nodes, which have no
 * dependencies. A document type is refused, so entities cannot grow.
 * @throws Error that says what is wrong, without the text itself
 * @example readXml('<a:B xmlns:a="x"><C>1</C></a:B>').children[0]!.text // '1'
 */
export function readXml(source: string): XmlElement {
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  const tokens = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([A-Za-z_][^\s/>]*)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)|</g;
  const close = (): void => {
    const done = stack.pop()!;
    const parent = stack.at(-1);
    if (parent) parent.children.push(done);
    else root = done;
  };
  for (const [whole, cdata, closing, opening, attributes = '', empty, text] of source.replace(/^\ufeff/, '').matchAll(tokens)) {
    const top = stack.at(-1);
    if (cdata !== undefined) {
      if (top) top.text += cdata;
    } else if (text !== undefined) {
      if (top) top.text += decode(text);
      else if (text.trim() !== '') throw new Error('text outside of the root element');
    } else if (closing !== undefined) {
      if (!top || top.name !== local(closing)) throw new Error('an element that is not closed in order');
      close();
    } else if (opening !== undefined) {
      if (root) throw new Error('a second root element');
      if (stack.length > 100) throw new Error('elements nested too deep');
      const found: Record<string, string> = {};
      for (const [, name = '', double, single] of attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) found[local(name)] = decode(double ?? single ?? '');
      stack.push({ name: local(opening), attributes: found, children: [], text: '' });
      if (empty) close();
    } else if (whole === '<') throw new Error('markup that is no element');
  }
  if (!root || stack.length > 0) throw new Error('an end before the root element was closed');
  return root;
}

/** The first child of a name. */
export const child = (element: XmlElement | undefined, name: string): XmlElement | undefined => element?.children.find((one) => one.name === name);
/** All children of a name. */
export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] => element?.children.filter((one) => one.name === name) ?? [];
/** The text of a child, '' when it is not there. Line breaks around a lone text are the formatter's, not the device's. */
export const textOf = (element: XmlElement | undefined, name: string): string => (child(element, name)?.text ?? '').trim();
