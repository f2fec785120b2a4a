/** A kind of file that can be sent, and the endings that its names have, without a dot. */
export interface AttachmentType {
  type: string;
  endings: readonly string[];
}

/** What the server allows in one message. */
export interface ServerLimits {
  /** Unicode characters, counted as in `message-text`. */
  messageCharacters: number;
  attachmentBytes: number;
  attachmentsPerMessage: number;
  attachmentTypes: readonly AttachmentType[];
}

const type = (name: string, ...endings: string[]): AttachmentType => ({ type: name, endings });
const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

/** What a server has that was set up without any setting; counts until the server has told. */
export const defaultServerLimits: ServerLimits = {
  messageCharacters: 10_000,
  attachmentBytes: 25 * 1024 * 1024,
  attachmentsPerMessage: 10,
  attachmentTypes: [
    type('image/png', 'png'),
    type('image/jpeg', 'jpg', 'jpeg'),
    type('image/webp', 'webp'),
    type('image/gif', 'gif'),
    type('image/heic', 'heic', 'heif'),
    type('image/tiff', 'tif', 'tiff'),
    type('application/pdf', 'pdf'),
    type('text/plain', 'txt'),
    type('text/csv', 'csv'),
    type(`${office}.wordprocessingml.document`, 'docx'),
    type(`${office}.spreadsheetml.sheet`, 'xlsx'),
    type(`${office}.presentationml.presentation`, 'pptx'),
    type(`${openDocument}.text`, 'odt'),
    type(`${openDocument}.spreadsheet`, 'ods'),
    type(`${openDocument}.presentation`, 'odp'),
    type('application/msword', 'doc'),
    type('application/vnd.ms-excel', 'xls'),
    type('application/zip', 'zip'),
    type('image/vnd.dwg', 'dwg'),
    type('image/vnd.dxf', 'dxf'),
    type('model/step', 'step', 'stp'),
    type('video/mp4', 'mp4'),
  ],
};

/** What an answer says; what it leaves out stays as it was. */
export function limitsFrom(answer: unknown, before: ServerLimits): ServerLimits {
  if (typeof answer !== 'object' || answer === null) return before;
  const told = answer as Record<string, unknown>;
  const number = (value: unknown, otherwise: number) =>
    typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : otherwise;
  return {
    messageCharacters: number(told['messageCharacters'], before.messageCharacters),
    attachmentBytes: number(told['attachmentBytes'], before.attachmentBytes),
    attachmentsPerMessage: number(told['attachmentsPerMessage'], before.attachmentsPerMessage),
    attachmentTypes: Array.isArray(told['attachmentTypes'])
      ? told['attachmentTypes'].flatMap(typeFrom)
      : before.attachmentTypes,
  };
}

function typeFrom(told: unknown): AttachmentType[] {
  const { type: name, endings } = (told ?? {}) as { type?: unknown; endings?: unknown };
  if (typeof name !== 'string') return [];
  const texts = Array.isArray(endings) ? endings.filter((each) => typeof each === 'string') : [];
  return [{ type: name, endings: texts.map((each) => each.replace(/^\./, '').toLowerCase()) }];
}

/** For the `accept` of a file dialog: types and endings, since some systems know only one of the two. */
export function acceptOf(types: readonly AttachmentType[]): string {
  return types.flatMap((one) => [one.type, ...one.endings.map((ending) => `.${ending}`)]).join(',');
}

/** The kinds in a word each, as people call them: "PNG", "PDF", "DOCX". */
export function kindsOf(types: readonly AttachmentType[]): string[] {
  return types.map((one) => (one.endings[0] ?? one.type).toUpperCase());
}
