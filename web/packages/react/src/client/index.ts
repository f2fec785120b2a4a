/** `@haggle/react/client`: the server for TypeScript, without React. */
export type { Api, OutgoingMessage, PagePlace } from './api.ts';
export { createHaggleClient, type HaggleClient, type HaggleClientOptions } from './client.ts';
export type { ConnectionSnapshot } from './connection/connection.ts';
export {
  CloseCode,
  type ConnectionStatus,
  type Effect,
  type Event,
  type State,
  type StateName,
  statusOf,
  stopped,
  transition,
} from './connection/machine.ts';
export type { Environment } from './environment.ts';
export { HaggleError, type HaggleErrorKind, reasonOf } from './errors.ts';
export type { ClientFrame, ServerFrame, Since } from './frames.ts';
export { limits } from './limits.ts';
export { charactersOf, plainText } from './message-text.ts';
export type { NewMessage, Outbox } from './outbox/outbox.ts';
export type { OutboxItem, OutboxState } from './outbox/outbox-state.ts';
export type * from './public-types.ts';
export {
  type AttachmentType,
  acceptOf,
  defaultServerLimits,
  kindsOf,
  type ServerLimits,
} from './server-limits.ts';
export { isTemporary, type Upload, type UploadProblem } from './uploads/upload.ts';
