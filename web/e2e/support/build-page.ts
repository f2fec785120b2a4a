import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/** Builds the page that the tests look at, from the built package, as a customer's page would be. */
export default async function buildPage(): Promise<void> {
  const root = fileURLToPath(new URL('../page', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir: '../dist', emptyOutDir: true, chunkSizeWarningLimit: 1_000 },
  });
}
