/** The only drawing that the small button of the script tag needs. */
export const chatPath =
  'M4 12a7.5 7.5 0 0 1 7.5-7.5h1A7.5 7.5 0 0 1 20 12a7.5 7.5 0 0 1-7.5 7.5H4.7l1.5-2.7A7.4 7.4 0 0 1 4 12Zm4.7 0v.1m3.3-.1v.1m3.3-.1v.1';
