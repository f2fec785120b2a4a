/** A kind of file that can be sent, and the endings that its names have, without a dot. */
export interface AttachmentType {
  /** Empty while only the endings are known. */
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
  /** How long one may correct a message, and take it back; 0: never. */
  editMinutes: number;
  retractMinutes: number;
  /** Whether offers can be made. */
  offers: boolean;
}

/** Until the server has told its types: what the names of files end in that any server takes. */
const endings =
  'png jpg/jpeg webp gif heic/heif tif/tiff pdf txt csv docx xlsx pptx odt ods odp doc xls zip dwg dxf step/stp mp4';

/** What a server has that was set up without any setting; counts until the server has told. */
export const defaultServerLimits: ServerLimits = {
  messageCharacters: 10_000,
  attachmentBytes: 25 * 1024 * 1024,
  attachmentsPerMessage: 10,
  editMinutes: 0,
  retractMinutes: 0,
  offers: false,
  attachmentTypes: endings.split(' ').map((each) => ({ type: '', endings: each.split('/') })),
};

/** What an answer says; what it leaves out stays as it was. */
export function limitsFrom(answer: unknown, before: ServerLimits): ServerLimits {
  if (typeof answer !== 'object' || answer === null) return before;
  const told = answer as Record<string, unknown>;
  const number = (value: unknown, otherwise: number) =>
    typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : otherwise;
  const orNever = (value: unknown) => (typeof value === 'number' && value > 0 ? value : 0);
  return {
    // What a server does not tell, it does not have.
    editMinutes: orNever(told['editMinutes']),
    retractMinutes: orNever(told['retractMinutes']),
    offers: told['offers'] === true,
    messageCharacters: number(told['messageCharacters'], before.messageCharacters),
    attachmentBytes: number(told['attachmentBytes'], before.attachmentBytes),
    attachmentsPerMessage: number(told['attachmentsPerMessage'], before.attachmentsPerMessage),
    attachmentTypes: Array.isArray(told['attachmentTypes'])
      ? told['attachmentTypes'].flatMap(typeFrom)
      : before.attachmentTypes,
  };
}

function typeFrom(told: unknown): AttachmentType[] {
  const { type, endings: given } = (told ?? {}) as { type?: unknown; endings?: unknown };
  if (typeof type !== 'string') return [];
  const texts = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
  return [{ type, endings: texts.map((each) => each.replace(/^\./, '').toLowerCase()) }];
}

/** For the `accept` of a file dialog: types and endings, since some systems know only one of the two. */
export function acceptOf(types: readonly AttachmentType[]): string {
  const each = types.flatMap((one) => [one.type, ...one.endings.map((ending) => `.${ending}`)]);
  return each.filter((name) => name !== '').join(',');
}

/** The kinds in a word each, as people call them: "PNG", "PDF", "DOCX". */
export function kindsOf(types: readonly AttachmentType[]): string[] {
  return types.map((one) => (one.endings[0] ?? one.type).toUpperCase());
}
