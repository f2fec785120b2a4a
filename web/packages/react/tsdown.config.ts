import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts', client: 'src/client/index.ts' },
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  dts: true,
  clean: true,
  css: { fileName: 'styles.css' },
  // What is said of each name is in the types; nobody's browser needs it.
  outputOptions: { comments: { annotation: true, jsdoc: false, legal: true } },
});
