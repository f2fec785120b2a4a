import { useState } from 'react';
import { Mark } from '../parts/Mark.tsx';
import type { Marketplace, Person } from '../shop/marketplace.ts';
import { logIn } from '../shop/session.ts';
import styles from './LoginPage.module.css';
import { PersonCard } from './PersonCard.tsx';

const groups = [
  { role: 'buyer', title: 'Buyers', about: 'look for goods and ask' },
  { role: 'supplier', title: 'Suppliers', about: 'offer goods and answer' },
  { role: 'admin', title: 'Administrators', about: 'see everything and help' },
] as const;

/** Choose who to be, in this tab only. */
export function LoginPage({ marketplace }: { marketplace: Marketplace }) {
  const [failed, setFailed] = useState(false);
  const choose = (person: Person) => {
    setFailed(false);
    logIn(person.id).catch(() => setFailed(true));
  };
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <span className={styles.brand}>
          <Mark /> {marketplace.name}
        </span>
        <h1 className={styles.title}>Who are you today?</h1>
        <p className={styles.hint}>
          Choose a person to log in as. For a conversation with two sides, open a second window and choose the
          other one: each tab is its own person.
        </p>
        {failed && (
          <p className={styles.failed} role="alert">
            The login did not work. Please try again.
          </p>
        )}
      </header>
      {groups.map((group) => (
        <section aria-labelledby={group.role} className={styles.group} key={group.role}>
          <h2 className={styles.heading} id={group.role}>
            {group.title} <span className={styles.about}>{group.about}</span>
          </h2>
          <ul className={styles.people}>
            {marketplace.people
              .filter((person) => person.role === group.role)
              .map((person) => (
                <li key={person.id}>
                  <PersonCard onChoose={choose} person={person} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
