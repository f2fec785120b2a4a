import { describe, expect, it } from 'vitest';
import { chosenFrom, pastesFiles } from './chosen-files.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });

const clipboard = (files: File[], text: string) =>
  ({ files, items: [], getData: () => text }) as unknown as DataTransfer;

describe('pasting', () => {
  it.each([
    [
      'spreadsheet cells, of which there is a picture too, gives the text',
      'item\tprice\nplanter\t12\n',
      false,
    ],
    ['a single cell gives the text', '12', false],
    ['a picture alone gives the picture', '', true],
    ['a picture beside nothing but space gives the picture', ' \r\n', true],
    ['a file of a file manager gives the file, not its name', 'image.png', true],
    ['a file of a file manager that names its path gives the file', '/home/mara/image.png', true],
    ['a text that only mentions the file gives the text', 'see image.png', false],
  ])('%s', (_what, text, expected) => {
    expect(pastesFiles(clipboard([picture], text))).toBe(expected);
  });

  it('text without any file gives the text', () => {
    expect(pastesFiles(clipboard([], 'image.png'))).toBe(false);
  });
});

it('what is dropped is told apart: files, and folders by their names', () => {
  const item = (file: File, isDirectory: boolean) => ({
    kind: 'file',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory, name: file.name }),
  });
  const items = [item(picture, false), item(new File(['4096'], 'drawings'), true), { kind: 'string' }];
  const chosen = chosenFrom({ items, files: [] } as unknown as DataTransfer);
  expect(chosen).toEqual({ files: [picture], folders: ['drawings'] });
});
