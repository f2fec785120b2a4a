import { useRef } from 'react';
import { avatarOf } from '../shop/marketplace.ts';
import { usePreference } from '../shop/preferences.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { logOut } from '../shop/session.ts';
import { Choice } from './Choice.tsx';
import styles from './PersonMenu.module.css';

/** Who this tab is, and what it looks like. */
export function PersonMenu() {
  const { me } = useShop();
  const menu = useRef<HTMLDivElement>(null);
  const [theme, setTheme] = usePreference('theme', ['system', 'light', 'dark'], 'system');
  const [language, setLanguage] = usePreference('language', ['en', 'ar'], 'en');
  return (
    <div className={styles.person}>
      <button className={styles.button} popoverTarget="person-menu" type="button">
        <span className={styles.who}>
          <span className={styles.name}>{me.name}</span>
          <span className={styles.company}>{me.company}</span>
        </span>
        <span className={styles.hidden}>Account and settings</span>
        <img alt="" className={styles.avatar} src={avatarOf(me.id)} />
      </button>
      <div
        aria-label="Account and settings"
        className={styles.menu}
        id="person-menu"
        popover="auto"
        ref={menu}
        role="dialog"
      >
        <p className={styles.title}>
          {me.title}, {me.company}
        </p>
        <p className={styles.place}>
          {me.city}, {me.country}
        </p>
        <Choice
          label="Theme"
          onChange={setTheme}
          options={[
            ['system', 'System'],
            ['light', 'Light'],
            ['dark', 'Dark'],
          ]}
          value={theme}
        />
        <Choice
          label="Language of the chat"
          onChange={setLanguage}
          options={[
            ['en', 'English'],
            ['ar', 'العربية'],
          ]}
          value={language}
        />
        <button className={styles.out} onClick={logOut} type="button">
          Log in as somebody else
        </button>
      </div>
    </div>
  );
}
