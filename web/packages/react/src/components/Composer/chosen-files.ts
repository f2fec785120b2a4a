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

/**
 * Whether pasting gives files rather than text. Spreadsheets and word processors put a picture beside the text that was
 * copied; file managers put the names of the files there.
 */
export function pastesFiles(clipboard: DataTransfer): boolean {
  if (clipboard.files.length === 0) return false;
  const text = clipboard.getData('text/plain').trim();
  if (text === '') return true;
  const names = new Set(Array.from(clipboard.files, (file) => file.name));
  const isName = (line: string) => names.has(line.trim().split(/[/\\]/).at(-1) ?? '');
  return text.split(/[\r\n]+/).every(isName);
}
