import { describe, expect, it } from 'vitest';
import { chosenFrom, pastedFrom } from './chosen-files.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });

const offer = new File(['x'], 'offer.pdf', { type: 'application/pdf' });

const clipboard = (files: File[], text: string, html = '') => {
  const getData = (type: string) => (type === 'text/html' ? html : text);
  return { files, items: [], getData } as unknown as DataTransfer;
};

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
    expect(pastedFrom(clipboard([picture], text)).hasFiles).toBe(expected);
  });

  it.each([
    ['a document', [offer]],
    ['a document and a picture', [offer, picture]],
  ])('a text beside %s gives both', (_what, files) => {
    const pasted = pastedFrom(clipboard(files, 'our offer'));
    expect(pasted).toEqual({ hasFiles: true, hasText: true, ownText: '' });
  });

  it('a table that is there as markup and as a picture gives the words of the table', () => {
    const html =
      '<style>td{}</style><table><tr><td>item</td><td>price</td></tr><tr><td>oak</td><td>12</td></tr></table>';
    const pasted = pastedFrom(clipboard([picture], '', html));
    expect(pasted).toEqual({ hasFiles: false, hasText: false, ownText: 'item\tprice\noak\t12' });
  });

  it.each([
    ['cells', '<table><tr><td>item</td><td>price</td></tr></table>', 'item\tprice'],
    ['paragraphs', '<p>Dear\n  Mara,</p><p>see <b>below</b></p>', 'Dear Mara,\nsee below'],
    ['a list and broken lines', '<ul><li>one</li><li>two</li></ul>a<br>b', 'one\ntwo\na\nb'],
    ['words around a table', '<p>Prices:</p><table><tr><td>12</td></tr></table>net', 'Prices:\n12\nnet'],
    ['a cell of two lines', '<table><tr><td><p>a</p><p>b</p></td><td>c<br>d</td></tr></table>', 'a b\tc d'],
    ['an empty cell', '<table><tr><td></td><td>x</td></tr></table>', '\tx'],
  ])('%s that are there as markup only give their words, with a picture or without', (_what, html, words) => {
    for (const files of [[], [picture]]) {
      const pasted = pastedFrom(clipboard(files, '', html));
      expect(pasted).toEqual({ hasFiles: false, hasText: false, ownText: words });
    }
  });

  it('a picture that was copied from a page gives the picture', () => {
    const pasted = pastedFrom(clipboard([picture], '', '<img src="https://a.example/oak.png">'));
    expect(pasted).toEqual({ hasFiles: true, hasText: false, ownText: '' });
  });

  it('text without any file gives the text', () => {
    expect(pastedFrom(clipboard([], 'image.png'))).toMatchObject({ hasFiles: false, hasText: true });
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
