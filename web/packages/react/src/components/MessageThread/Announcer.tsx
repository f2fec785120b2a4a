import { useEffect, useRef, useState } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';

/** After a long absence nobody wants to hear everything; the newest say enough. */
const SPOKEN = 5;

interface AnnouncerProps {
  messages: readonly ThreadMessage[];
  /** The newest place when the conversation was opened; what came before is not news. */
  openedAtSeq: number;
}

interface Line {
  key: string;
  text: string;
}

/** Reads each new message of somebody else, and each own one that failed, to a screen reader, once. */
export function Announcer({ messages, openedAtSeq }: AnnouncerProps) {
  const labels = useLabels();
  const spokenSeq = useRef(openedAtSeq);
  const failed = useRef<ReadonlySet<string> | null>(null);
  const [lines, setLines] = useState<Line[]>([]);
  useEffect(() => {
    const news = newMessages(messages, spokenSeq.current, labels);
    spokenSeq.current = Math.max(spokenSeq.current, newestSeq(messages));
    const failures = messages.filter((message) => message.status === 'failed');
    for (const { key, text } of failures) {
      if (failed.current && !failed.current.has(key))
        news.push({ key, text: `${labels.thread.notSent}: ${text}` });
    }
    failed.current = new Set(failures.map((message) => message.key));
    if (news.length > 0) setLines(news);
  }, [messages, labels]);
  return (
    <div aria-live="polite" className={rootClasses.visuallyHidden}>
      {lines.map((line) => (
        <p key={line.key}>{line.text}</p>
      ))}
    </div>
  );
}

function newMessages(messages: readonly ThreadMessage[], spokenSeq: number, labels: Labels): Line[] {
  const news: Line[] = [];
  for (let index = messages.length - 1; index >= 0 && news.length < SPOKEN; index--) {
    const message = messages[index];
    if (!message || message.seq === null) continue;
    if (message.seq <= spokenSeq) break;
    if (message.isMine) continue;
    const text = labels.thread.says(message.senderName, message.text || labels.signals.attachment);
    news.unshift({ key: message.key, text });
  }
  return news;
}

function newestSeq(messages: readonly ThreadMessage[]): number {
  return messages.findLast((message) => message.seq !== null)?.seq ?? 0;
}
