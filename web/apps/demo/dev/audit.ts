import type { AuditAction, AuditEntry } from '@kit/client/index.ts';
import { mara, noor, suppliers } from './people.ts';

const lines: [action: AuditAction, actorId: string | null, minutesAgo: number, ip: string | null][] = [
  ['viewed', noor.id, 1, '2001:db8:85a3::8a2e:370:7334'],
  ['viewed', noor.id, 1, '2001:db8:85a3::8a2e:370:7334'],
  ['downloaded', null, 18, '203.0.113.40'],
  ['sent', suppliers.anatolia.id, 20, '198.51.100.23'],
  ['refused', 'u-8f21c0de-77aa-4d0e-9a31-deactivated-account', 61, '203.0.113.7'],
  ['sent', mara.id, 63, '192.0.2.7'],
  ['left', noor.id, 26 * 60, '192.0.2.1'],
  ['joined', noor.id, 27 * 60, '192.0.2.1'],
  ['opened', mara.id, 49 * 60, null],
  ['created', mara.id, 9 * 24 * 60, '192.0.2.7'],
];

/** What happened in the first conversation, newest first. */
export const audit: AuditEntry[] = lines.map(([action, actorId, minutesAgo, ip], index) => ({
  id: `a${index}`,
  at: new Date(Date.now() - minutesAgo * 60_000).toISOString(),
  actorId,
  action,
  conversationId: 'c1',
  ip,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chromium/156',
  detail: {},
}));
