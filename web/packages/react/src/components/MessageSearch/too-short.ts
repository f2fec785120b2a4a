/** The server looks for no less, but in scripts where a character is a word. */
const SHORTEST = 2;
const SHORT_SCRIPTS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

export const isTooShort = (words: string) => [...words].length < SHORTEST && !SHORT_SCRIPTS.test(words);
