import '@haggle/react/styles.css';
import { useEffect } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { places, Shop } from './shop.tsx';

declare global {
  interface Window {
    isTakenOver: boolean;
  }
}

/** The page is the browser's own from here on. */
function TakenOver() {
  useEffect(() => {
    window.isTakenOver = true;
  }, []);
  return null;
}

const place = places[decodeURIComponent(location.hash.slice(1))];
const root = document.getElementById('root');
if (root && place)
  hydrateRoot(
    root,
    <Shop server={location.origin}>
      {place()}
      <TakenOver />
    </Shop>,
    { onRecoverableError: reportError },
  );
