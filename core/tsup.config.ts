import { defineConfig } from 'tsup';

// Not minified and without maps: what is installed is read as it is.
export default defineConfig({ entry: ['src/index.ts'], format: ['esm', 'cjs'], dts: true, clean: true, target: 'es2022', treeshake: true });
