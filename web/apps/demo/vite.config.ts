import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * Puts a `.br` and a `.gz` beside every text file, so that the server never compresses. From what was written: before
 * that a bundle still has places to fill in.
 */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }, bundle) {
    for (const { fileName } of Object.values(bundle)) {
      if (!/\.(js|css|html|svg|json)$/.test(fileName)) continue;
      const file = join(dir, fileName);
      const bytes = readFileSync(file);
      if (bytes.length < 1024) continue;
      const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, quality));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
};

/** The script-tag widget of the package: /widget.js, and the chat that it loads. */
const widget: Plugin = {
  name: 'widget',
  apply: 'build',
  generateBundle() {
    const folder = fileURLToPath(new URL('../../packages/react/dist/widget/', import.meta.url));
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = `${entry.parentPath}/${entry.name}`;
      this.emitFile({
        type: 'asset',
        fileName: path.slice(folder.length).replace(/^\//, ''),
        source: readFileSync(path),
      });
    }
  },
};

export default defineConfig({
  plugins: [react(), widget, compressed],
  // Below any path.
  base: './',
  resolve: { dedupe: ['react', 'react-dom', '@tanstack/react-query'] },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true }, '/demo': 'http://127.0.0.1:8080' },
  },
  build: {
    target: 'es2023',
    // light-dark() stays as written.
    cssTarget: 'chrome123',
    // A strict policy allows no inline data but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
