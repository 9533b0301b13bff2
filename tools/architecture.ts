// The rules of the house, checked on sources given as text, so that the test can plant a violation and see it found.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

export interface Source {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly text: string;
}
export interface Problem {
  readonly path: string;
  readonly line?: number;
  readonly rule: 'layers' | 'undeclared' | 'unresolved' | 'pureCore' | 'cloud' | 'cycle' | 'size';
  readonly message: string;
}
interface Import { readonly specifier: string; readonly typeOnly: boolean; readonly line: number; /** Where a relative one leads. */ readonly target?: string }
interface Manifest { readonly dependencies?: Readonly<Record<string, string>>; readonly peerDependencies?: Readonly<Record<string, string>> }
interface Parsed { readonly text: string; readonly file: ts.SourceFile }
type Files = ReadonlyMap<string, Parsed>;
type Graph = ReadonlyMap<string, readonly Import[]>;

const FOLDERS = ['core', 'packages', 'nodes', 'credentials'];
const MAY_IMPORT_PACKAGES = new Set(['hub', 'sandbox']);
const TESTS_MAY_IMPORT = new Set(['http', 'journal', 'sandbox']);
const CLOUD_MODULES = new Set(['n8n-workflow', 'node:crypto', 'crypto']);
// What n8n's gate refuses in shipped JavaScript.
const CLOUD_GLOBALS = new Set(['process', 'global', 'globalThis', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', '__dirname', '__filename', 'console', 'require']);
// What core may not know: the time, chance, the world.
const CORE_GLOBALS = new Set([...CLOUD_GLOBALS, 'fetch', 'performance', 'crypto', 'Buffer', 'XMLHttpRequest', 'WebSocket']);
const CORE_P90_LINES = 120;
const MOST_LINES = 250;
const MOST_NODE_LINES = 60;

const isTest = (path: string): boolean => /\.(test|testkit|fixture)\.ts$|\/test\//.test(path);
const isConfig = (path: string): boolean => /\.config\.ts$/.test(path);
const packageOf = (path: string): string | undefined => /^packages\/([^/]+)\//.exec(path)?.[1];
const nodeOf = (path: string): string | undefined => /^nodes\/([^/]+)\//.exec(path)?.[1];

/** Every source of the house and the manifests of its packages. @example readSources(process.cwd()).length */
export function readSources(root: string): Source[] {
  const sources: Source[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (entry.name === 'node_modules' || entry.name === 'dist') continue;
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else if ((/\.ts$/.test(entry.name) && !isConfig(path)) || entry.name === 'package.json') sources.push({ path, text: readFileSync(join(root, path), 'utf8') });
    }
  };
  for (const folder of FOLDERS) walk(folder);
  return sources;
}

/** What a file imports, at run time or for its types only. */
const lineOf = (file: ts.SourceFile, node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;

function importsOf(file: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, node: ts.Node, typeOnly: boolean): void => void found.push({ specifier, typeOnly, line: lineOf(file, node) });
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = ts.isImportDeclaration(node) ? node.importClause : node;
      const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] = named && (ts.isNamedImports(named) || ts.isNamedExports(named)) ? [...named.elements] : [];
      const allTypes = elements.length > 0 && elements.every((one) => one.isTypeOnly) && !(ts.isImportDeclaration(node) && node.importClause?.name);
      add(node.moduleSpecifier.text, node, !!clause?.isTypeOnly || allTypes);
    } else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require'))) {
      const [first] = node.arguments;
      add(first && ts.isStringLiteralLike(first) ? first.text : '(computed)', node, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, node, true);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Uses of global names, as values: not property names, not types, not what the file itself declares. */
function globalsOf(file: ts.SourceFile, banned: ReadonlySet<string>): { readonly name: string; readonly line: number }[] {
  const declared = new Set<string>();
  const uses: { readonly name: string; readonly line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node) || ts.isBindingElement(node) || ts.isImportSpecifier(node)) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    if (ts.isIdentifier(node) && banned.has(node.text)) {
      const { parent } = node;
      const isName =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node) ||
        ((ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent)) && parent.name === node) ||
        (ts.isBindingElement(parent) && (parent.name === node || parent.propertyName === node));
      if (!isName) uses.push({ name: node.text, line: lineOf(file, node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return uses.filter(({ name }) => !declared.has(name));
}

/** Clocks and dice that hide in ordinary words: Date.now(), new Date(), Math.random(). */
function impureCalls(file: ts.SourceFile): { readonly what: string; readonly line: number }[] {
  const found: { readonly what: string; readonly line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'Date' && (node.arguments?.length ?? 0) === 0) found.push({ what: 'new Date()', line: lineOf(file, node) });
    if (ts.isPropertyAccessExpression(node) && ['Date.now', 'Math.random'].includes(node.getText(file))) found.push({ what: node.getText(file), line: lineOf(file, node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function layerProblem(path: string, specifier: string, target: string | undefined): string | undefined {
  const from = path.split('/')[0];
  const to = target?.split('/')[0];
  if (specifier.startsWith('@leadlight/') || specifier.startsWith('#')) return 'imports ours by name; inside the repository imports are relative';
  if (isTest(path)) {
    const mine = packageOf(path);
    const other = target && packageOf(target);
    if (from === 'core' && to && to !== 'core') return 'a test of core needs nothing but core';
    if (from === 'packages' && other && other !== mine && !TESTS_MAY_IMPORT.has(other) && !MAY_IMPORT_PACKAGES.has(mine ?? '')) return `a test may use ${[...TESTS_MAY_IMPORT].join(' and ')}, not ${other}`;
    return undefined;
  }
  switch (from) {
    case 'core':
      return to === 'core' ? undefined : 'core imports nothing, not even node:';
    case 'packages': {
      if (!target) return undefined;
      if (to === 'core') return undefined;
      if (to !== 'packages') return 'packages import core only';
      return packageOf(target) === packageOf(path) || MAY_IMPORT_PACKAGES.has(packageOf(path) ?? '') ? undefined : `sideways import of ${packageOf(target)}; packages import core only`;
    }
    case 'nodes':
      if (!target) return CLOUD_MODULES.has(specifier) ? undefined : 'nodes import n8n-workflow and node:crypto only';
      if (to === 'nodes') return nodeOf(target) === 'shared' || nodeOf(target) === nodeOf(path) ? undefined : 'a node imports nothing of another node';
      return to === 'core' || to === 'packages' ? undefined : 'nodes import core, packages and nodes/shared';
    default:
      return specifier === 'n8n-workflow' ? undefined : 'credentials import nothing of ours';
  }
}

/** Each file's imports, with where relative ones lead. */
function graphOf(files: Files): Graph {
  const leadsTo = (path: string, specifier: string): string | undefined => (specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : undefined);
  return new Map([...files].map(([path, { file }]) => [path, importsOf(file).map((one) => { const target = leadsTo(path, one.specifier); return target === undefined ? one : { ...one, target }; })]));
}

const parseAll = (sources: readonly Source[]): Files =>
  new Map(sources.filter(({ path }) => path.endsWith('.ts')).map(({ path, text }) => [path, { text, file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }]));

/** The sources that end up in the published pack. @example reachedSources(readSources(root)) // ['nodes/…', 'core/src/…'] */
export function reachedSources(sources: readonly Source[]): string[] {
  return [...reachedByPack(graphOf(parseAll(sources)))];
}

/**
 * Every breach of the house's rules: layers, imports by name, cycles, what the pack reaches, clocks in core, file sizes.
 * @example checkArchitecture(readSources(root)) // []
 */
export function checkArchitecture(sources: readonly Source[]): Problem[] {
  const problems: Problem[] = [];
  const files = parseAll(sources);
  const manifests = new Map(sources.filter(({ path }) => path.endsWith('/package.json')).map(({ path, text }) => [path.replace(/\/package\.json$/, ''), JSON.parse(text) as Manifest]));
  const graph = graphOf(files);
  for (const [path, { text, file }] of files) {
    for (const { specifier, target, line } of graph.get(path) ?? []) {
      if (target !== undefined && !isTest(path) && !files.has(target)) problems.push({ path, line, rule: 'unresolved', message: `"${specifier}" leads nowhere; relative imports carry .ts` });
      const message = layerProblem(path, specifier, target);
      if (message) problems.push({ path, line, rule: 'layers', message: `"${specifier}": ${message}` });
      const home = `packages/${packageOf(path)}`;
      const manifest = manifests.get(home);
      if (target === undefined && !isTest(path) && manifest && !specifier.startsWith('node:')) {
        const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
        if (!manifest.dependencies?.[name] && !manifest.peerDependencies?.[name]) problems.push({ path, line, rule: 'undeclared', message: `"${name}" is not among the dependencies of ${home}` });
      }
    }
    if (path.startsWith('core/src/') && !isTest(path)) {
      for (const { name, line } of globalsOf(file, CORE_GLOBALS)) problems.push({ path, line, rule: 'pureCore', message: `core knows no ${name}` });
      for (const { what, line } of impureCalls(file)) problems.push({ path, line, rule: 'pureCore', message: `core reads no clock and rolls no dice: ${what}` });
    }
    const lines = text.trimEnd().split('\n').length;
    const most = path.endsWith('.node.ts') ? MOST_NODE_LINES : MOST_LINES;
    if (!isTest(path) && lines > most) problems.push({ path, rule: 'size', message: `${lines} lines; at most ${most}` });
  }
  problems.push(...reachProblems(graph, files), ...cycleProblems(graph), ...coreSize(files));
  return problems;
}

/** What the pack ships: everything its nodes and credentials reach must run on n8n Cloud. */
function reachedByPack(graph: Graph): ReadonlySet<string> {
  const reached = new Set<string>();
  const go = (path: string): void => {
    if (reached.has(path) || !graph.has(path)) return;
    reached.add(path);
    for (const { target, typeOnly } of graph.get(path) ?? []) if (target && !typeOnly) go(target);
  };
  for (const path of graph.keys()) if (/^(nodes|credentials)\//.test(path) && !isTest(path)) go(path);
  return reached;
}

function reachProblems(graph: Graph, files: Files): Problem[] {
  const problems: Problem[] = [];
  for (const path of reachedByPack(graph)) {
    for (const { specifier, target, typeOnly, line } of graph.get(path) ?? []) {
      if (target === undefined && !typeOnly && !CLOUD_MODULES.has(specifier)) problems.push({ path, line, rule: 'cloud', message: `the pack reaches this file, and n8n Cloud refuses "${specifier}"` });
    }
    for (const { name, line } of globalsOf(files.get(path)!.file, CLOUD_GLOBALS)) problems.push({ path, line, rule: 'cloud', message: `the pack reaches this file, and n8n Cloud refuses ${name}` });
  }
  return problems;
}

function cycleProblems(graph: Graph): Problem[] {
  const problems: Problem[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const { target, typeOnly, line } of graph.get(path) ?? []) {
      if (!target || typeOnly || !graph.has(target)) continue;
      if (state.get(target) === 'open') problems.push({ path, line, rule: 'cycle', message: [...trail.slice(trail.indexOf(target)), target].join(' → ') });
      else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of graph.keys()) if (!state.has(path)) visit(path);
  // A simulated system may call back into itself, as the real one does.
  return problems.filter(({ path }) => packageOf(path) !== 'sandbox');
}

function coreSize(files: Files): Problem[] {
  const lines = [...files].filter(([path]) => path.startsWith('core/src/') && !isTest(path)).map(([, { text }]) => text.trimEnd().split('\n').length).sort((a, b) => a - b);
  const p90 = lines[Math.ceil(lines.length * 0.9) - 1] ?? 0;
  return p90 > CORE_P90_LINES ? [{ path: 'core/src', rule: 'size', message: `nine of ten files of core have up to ${p90} lines; at most ${CORE_P90_LINES}` }] : [];
}
