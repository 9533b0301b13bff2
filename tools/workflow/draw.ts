import { isNote, isTrigger, type Workflow, type WorkflowNode } from './model.ts';

const W = 168;
const H = 64;
const escape = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

const COLOURS: readonly (readonly [RegExp, string])[] = [
  [/leadlight\.leadlight$/, '#f59e0b'], [/fibreAvailability|leadlightHub|leadlightTrigger/, '#0ea5e9'], [/erpNext/, '#2563eb'], [/netBox/, '#0d9488'], [/genieAcs/, '#7c3aed'], [/voltha|radius/, '#be185d'], [/respondToWebhook|webhook/i, '#64748b'],
];
const colourOf = (node: WorkflowNode) => COLOURS.find(([type]) => type.test(node.type))?.[1] ?? '#94a3b8';

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (lines.length > 0 && (lines.at(-1) + ' ' + word).length <= width) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The canvas as SVG, from the same positions n8n uses; drawn anew by `npm run workflows -- draw`, and CI refuses a picture that lags. */
export function draw(workflow: Workflow): string {
  const boxes = workflow.nodes.map((node) => ({ node, x: node.position[0], y: node.position[1], w: isNote(node) ? Number(node.parameters['width'] ?? 240) : W, h: isNote(node) ? Number(node.parameters['height'] ?? 160) : H }));
  const left = Math.min(...boxes.map((b) => b.x)) - 24;
  const top = Math.min(...boxes.map((b) => b.y)) - 24;
  const right = Math.max(...boxes.map((b) => b.x + b.w)) + 24;
  const bottom = Math.max(...boxes.map((b) => b.y + b.h)) + 24;
  const at = new Map(boxes.map((box) => [box.node.name, box]));
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${right - left} ${bottom - top}" width="${right - left}" height="${bottom - top}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escape(workflow.name)}</title>`,
    `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="#f8fafc"/>`,
    '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#64748b"/></marker></defs>',
  ];
  for (const { node, x, y, w, h } of boxes.filter((box) => isNote(box.node))) {
    out.push(`<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="6" fill="#fef9c3" stroke="#eab308" stroke-opacity=".5"/>`);
    const lines = String(node.parameters['content'] ?? '').split('\n').flatMap((line) => (/^#/.test(line) ? [`!${line.replace(/^#+ /, '')}`] : wrap(line.replace(/\*\*/g, ''), Math.floor(w / 6.4))));
    lines.slice(0, Math.floor((h - 10) / 16)).forEach((line, index) => out.push(`<text x="${x + 12}" y="${y + 22 + index * 16}" fill="#713f12"${line.startsWith('!') ? ' font-weight="700" font-size="14"' : ''}>${escape(line.replace(/^!/, ''))}</text>`));
  }
  for (const [from, kinds] of Object.entries(workflow.connections)) {
    (kinds.main ?? []).forEach((branch, output) => {
      for (const link of branch ?? []) {
        const a = at.get(from);
        const b = at.get(link.node);
        if (!a || !b) continue;
        const outputs = kinds.main!.length;
        const x1 = a.x + a.w;
        const y1 = a.y + (a.h * (output + 1)) / (outputs + 1);
        const x2 = b.x;
        const y2 = b.y + b.h / 2;
        const bend = Math.max(40, Math.abs(x2 - x1) / 2);
        const failing = a.node.onError === 'continueErrorOutput' && output === outputs - 1 && output > 0;
        out.push(`<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="${failing ? '#ef4444' : '#64748b'}" stroke-width="1.5"${failing ? ' stroke-dasharray="4 3"' : ''} marker-end="url(#a)"/>`);
      }
    });
  }
  for (const { node, x, y } of boxes.filter((box) => !isNote(box.node))) {
    const colour = colourOf(node);
    out.push(`<g><rect x="${x}" y="${y}" width="${W}" height="${H}" rx="${isTrigger(node) ? 28 : 8}" fill="#fff" stroke="${colour}" stroke-width="2"/>`);
    const lines = wrap(node.name, 24).slice(0, 2);
    lines.forEach((line, index) => out.push(`<text x="${x + W / 2}" y="${y + (lines.length === 1 ? 30 : 22) + index * 15}" text-anchor="middle" fill="#0f172a" font-weight="600">${escape(line)}</text>`));
    out.push(`<text x="${x + W / 2}" y="${y + H - 8}" text-anchor="middle" fill="${colour}" font-size="10">${escape(node.type.split('.').at(-1)!)}</text></g>`);
  }
  out.push('</svg>');
  return `${out.join('\n')}\n`;
}
