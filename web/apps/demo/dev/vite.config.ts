import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const kit = fileURLToPath(new URL('../../../packages/react/src/', import.meta.url));

/** In the catalogue the components are fed by a scene, not by a server. */
const fakeHooks: Plugin = {
  name: 'fake-hooks',
  enforce: 'pre',
  resolveId(source) {
    return source.endsWith('/hooks/index.ts') ? `${kit}components/testing/fake-hooks.ts` : null;
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [fakeHooks, react()],
  resolve: { alias: { '@kit': kit } },
  build: {
    outDir: '../../../node_modules/.cache/haggle-catalogue',
    emptyOutDir: true,
    target: 'es2023',
    cssTarget: 'chrome123',
    chunkSizeWarningLimit: 2_000,
  },
});
