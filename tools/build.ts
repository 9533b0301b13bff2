// npm run build: core as a library (core/dist) and the n8n pack (dist).
import { spawnSync } from 'node:child_process';

for (const [cwd, script] of [['core', 'build.mjs'], ['.', 'tools/build-pack.mjs']] as const) {
  const { status } = spawnSync(process.execPath, [script], { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
