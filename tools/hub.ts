// npm run hub: the hub alone, for real systems. Its settings are environment variables, listed in packages/hub/README.md.
await import('../packages/hub/src/main.ts');
