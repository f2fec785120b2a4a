import { avatarOf, type Person } from '../shop/marketplace.ts';
import styles from './LoginPage.module.css';

interface PersonCardProps {
  person: Person;
  onChoose: (person: Person) => void;
}

export function PersonCard({ person, onChoose }: PersonCardProps) {
  return (
    <div className={styles.card}>
      <button className={styles.choose} onClick={() => onChoose(person)} type="button">
        <img alt="" className={styles.avatar} loading="lazy" src={avatarOf(person.id)} />
        <span className={styles.who}>
          <span className={styles.name}>{person.name}</span>
          <span className={styles.company}>{person.company}</span>
          <span className={styles.place}>
            {person.title} · {person.city}, {person.country}
          </span>
        </span>
      </button>
      <a
        className={styles.window}
        href={`/?as=${encodeURIComponent(person.id)}`}
        rel="noopener"
        target="_blank"
        title="Open in a new window"
      >
        <svg
          aria-hidden="true"
          fill="none"
          height="16"
          stroke="currentColor"
          strokeWidth="1.75"
          viewBox="0 0 24 24"
          width="16"
        >
          <path d="M13 5h6v6M19 5l-8 8M10 6H6a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4" />
        </svg>
        <span className={styles.hidden}>Open a new window as {person.name}</span>
      </a>
    </div>
  );
}
