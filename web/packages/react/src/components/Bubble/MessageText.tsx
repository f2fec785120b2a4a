import { useMemo } from 'react';
import styles from './Bubble.module.css';
import { partsOf } from './links.ts';

/** Words, in which addresses are links. */
export function MessageText({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(text), [text]);
  if (parts.length === 1 && !parts[0]?.href) return <p className={styles.text}>{text}</p>;
  return (
    <p className={styles.text}>
      {parts.map((part, index) =>
        part.href ? (
          <a
            dir="auto"
            href={part.href}
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
            key={index}
            rel="noopener noreferrer nofollow ugc"
            // The telephone and the mail open beside the page anyway; a new tab for them would stay empty.
            target={part.href.startsWith('http') ? '_blank' : undefined}
          >
            {part.text}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index}>{part.text}</span>
        ),
      )}
    </p>
  );
}
