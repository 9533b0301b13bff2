// Builds core/dist (or the folder given): tsup bundles CommonJS and the types; the ES modules stay one file each, so that a bundler leaves
// out whole files that are not used. Neither minified nor mapped: what is installed is read as it is.
import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? resolve(home, 'dist'));
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: home, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
run('../node_modules/tsup/dist/cli-default.js', '--silent', '--out-dir', out);
run('../node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', out);
