export interface ChosenFiles {
  files: File[];
  /** Names of folders, which nobody can send. */
  folders: string[];
}

/** What a person dropped or pasted. Folders look like files of some bytes there; only the entry tells. */
export function chosenFrom(transfer: DataTransfer): ChosenFiles {
  const items = Array.from(transfer.items ?? []).filter((item) => item.kind === 'file');
  if (items.length === 0) return { files: Array.from(transfer.files), folders: [] };
  const chosen: ChosenFiles = { files: [], folders: [] };
  for (const item of items) {
    const entry = item.webkitGetAsEntry?.();
    const file = item.getAsFile();
    if (entry?.isDirectory) chosen.folders.push(entry.name);
    else if (file !== null) chosen.files.push(file);
  }
  return chosen;
}

export interface Pasted {
  /** Whether the files are meant. */
  hasFiles: boolean;
  /** Whether the browser shall put the text in, as it does by itself. */
  hasText: boolean;
  /** Words that are there as markup only: no browser puts those into a plain field. */
  ownText: string;
}

/**
 * What is meant by pasting. Spreadsheets and word processors put a picture beside the text that was copied, and only the
 * text is meant; file managers put the names of the files there, and only the files are. Anything else is all meant.
 */
export function pastedFrom(clipboard: DataTransfer): Pasted {
  const files = Array.from(clipboard.files);
  const text = clipboard.getData('text/plain').trim();
  const hasFiles = files.length > 0;
  if (hasFiles && text !== '' && areNames(text, files)) return { hasFiles, hasText: false, ownText: '' };
  const ownText = text === '' ? wordsOf(clipboard.getData('text/html')) : '';
  const hasWords = text !== '' || ownText !== '';
  const arePictures = files.every((file) => file.type.startsWith('image/'));
  return {
    hasFiles: hasFiles && !(hasWords && arePictures),
    hasText: text !== '' || !(hasFiles || hasWords),
    ownText,
  };
}

function areNames(text: string, files: File[]): boolean {
  const names = new Set(files.map((file) => file.name));
  const isName = (line: string) => names.has(line.trim().split(/[/\\]/).at(-1) ?? '');
  return text.split(/[\r\n]+/).every(isName);
}

const [CELL, LINE] = ['\uFFFE', '\uFFFF'];

/** What markup says, line by line; a table as spreadsheets write it: a tab between cells, a line for each row. */
function wordsOf(html: string): string {
  if (html === '') return '';
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const each of body.querySelectorAll('style, script, title')) each.remove();
  for (const each of body.querySelectorAll('td, th, tr, table, br, p, div, li, h1, h2, h3, h4, h5, h6')) {
    const isCell = each.matches('td, th');
    each.append(isCell ? CELL : each.parentElement?.closest('td, th') ? ' ' : LINE);
    if (each.matches('table')) each.prepend(LINE);
  }
  return body.textContent
    .replace(/\s+/g, ' ')
    .replace(/ ?\uFFFE ?(?=\uFFFF)/g, '')
    .replace(/ ?\uFFFE ?/g, '\t')
    .replace(/ ?\uFFFF[ \uFFFF]*/g, '\n')
    .replace(/^\n+|\s+$/g, '');
}
