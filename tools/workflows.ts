// npm run workflows -- [check | format | draw]: keeps workflows/*.json and workflows/examples/*.json canonical, linted, valid and drawn. `check` changes nothing.
import { validateWorkflow } from '@n8n/workflow-sdk';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { draw } from './workflow/draw.ts';
import { format } from './workflow/format.ts';
import { lint } from './workflow/lint.ts';
import type { Workflow } from './workflow/model.ts';
import { typeChecker } from './workflow/types.ts';
import { buildPack } from './stack.ts';

const folder = process.env['LEADLIGHT_WORKFLOWS'] ?? 'workflows';
const folders = [folder, join(folder, 'examples')].filter((one) => existsSync(one));
const mode = process.argv[2] ?? 'check';
let problems = 0;
let nodes = 0;
const complain = (file: string, message: string) => {
  problems += 1;
  console.log(`${file}: ${message}`);
};

await buildPack(process.cwd(), '.tools', console.log);
const checkTypes = typeChecker(process.cwd());
const files = folders.flatMap((one) => readdirSync(one).filter((file) => file.endsWith('.json')).sort().map((file) => join(one, file)));
const names = new Map<string, string>();
for (const path of files) {
  const file = relative(folder, path);
  const pictures = join(dirname(path), 'pictures');
  mkdirSync(pictures, { recursive: true });
  const text = readFileSync(path, 'utf8');
  const workflow = JSON.parse(text) as Workflow;
  nodes += workflow.nodes.length;
  const canonical = format(workflow);
  const picturePath = join(pictures, basename(file).replace('.json', '.svg'));
  const picture = draw(JSON.parse(canonical) as Workflow);
  if (mode === 'format' || mode === 'draw') {
    if (canonical !== text) writeFileSync(path, canonical);
    writeFileSync(picturePath, picture);
  } else {
    if (canonical !== text) complain(file, 'is not in canonical form; run npm run workflows -- format');
    if (!existsSync(picturePath) || readFileSync(picturePath, 'utf8') !== picture) complain(file, 'its picture lags behind; run npm run workflows -- draw');
  }
  for (const finding of lint(workflow, basename(file))) complain(file, `${finding.rule}${finding.node ? ` "${finding.node}"` : ''} ${finding.message}`);
  const other = names.get(workflow.name);
  if (other) complain(file, `has the name of ${other}`);
  names.set(workflow.name, file);
  for (const message of checkTypes(workflow)) complain(file, message);
  const verdict = validateWorkflow(JSON.parse(canonical));
  for (const error of verdict.errors) complain(file, `workflow-sdk: ${error.code} ${error.message}`);
}
console.log(JSON.stringify({ workflows: files.length, nodes, problems, ok: problems === 0 }));
process.exit(problems === 0 ? 0 : 1);
