import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const original = fileURLToPath(new URL('../../packages/react', import.meta.url));
let folder: string;

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The folder of the package by itself, as somebody copies it into their own repository. */
function copy(without: string[]): void {
  folder = mkdtempSync(join(tmpdir(), 'haggle-pack-'));
  cpSync(original, folder, {
    recursive: true,
    filter: (source) => !['node_modules', ...without].some((name) => source === join(original, name)),
  });
}

const pack = () => spawnSync('npm', ['pack', '--json'], { cwd: folder, encoding: 'utf8' });

it('a package that was not built is not packed, and says how to build it', () => {
  copy(['dist']);
  const { status, stderr, stdout } = pack();
  expect(status).not.toBe(0);
  expect(stderr + stdout).toContain('npm run build -w @haggle/react');
});

it('a copy of the built folder alone can be packed', () => {
  copy([]);
  const { status, stdout, stderr } = pack();
  expect(status, stderr).toBe(0);
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'README.md', 'dist/index.js', 'dist/styles.css']),
  );
});
