/** What a flow needs of a browser; each browser answers it in its own way. */
export interface Browser {
  name: string;
  /** A window that shares nothing with any other. */
  open: () => Promise<Window>;
  close: () => Promise<void>;
}

export interface Window {
  goto: (address: string) => Promise<void>;
  reload: () => Promise<void>;
  back: () => Promise<void>;
  /** The value of this expression in the page; a promise is waited for. */
  evaluate: (expression: string) => Promise<unknown>;
  /** A click of the mouse at this place of the view. */
  click: (x: number, y: number) => Promise<void>;
  /** Keys, one after the other, to whatever has the focus. */
  type: (text: string) => Promise<void>;
  press: (key: Key, holding?: 'Shift' | 'Control') => Promise<void>;
  /** Chooses files for the input that this selector finds. */
  chooseFiles: (selector: string, paths: string[]) => Promise<void>;
  /** The view. A window with a bar of tools cannot be as narrow as a phone; 480 all of them can. */
  resize: (width: number, height: number) => Promise<void>;
  close: () => Promise<void>;
}

export type Key = 'Enter' | 'Tab' | 'Escape' | 'Backspace' | 'a' | 'c' | 'v';
