import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Builds what the tests look at beside the server's own pages: a page on the built package, as a customer's would be,
 * and the catalogue of every state of the kit.
 */
export default async function buildPages(): Promise<void> {
  // Customers' pages are built for production; the test runner would have them otherwise.
  process.env['NODE_ENV'] = 'production';
  const root = fileURLToPath(new URL('../page', import.meta.url));
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: '../dist',
      emptyOutDir: true,
      chunkSizeWarningLimit: 1_000,
      rolldownOptions: { input: ['index.html', 'hydrated.html'].map((name) => `${root}/${name}`) },
    },
  });
  // The catalogue is in development, where StrictMode puts everything up twice.
  process.env['NODE_ENV'] = 'development';
  await build({
    configFile: fileURLToPath(new URL('../../apps/demo/dev/vite.config.ts', import.meta.url)),
    logLevel: 'warn',
  });
}
