/** Dates, sizes and spans as one language writes them. Formatters are slow to make, so one set is kept per locale. */
export interface Format {
  /** 14:05 */
  time(at: Date): string;
  /** The same in another time zone; null when nobody knows that one. */
  timeIn(at: Date, timeZone: string): string | null;
  /** The short stamp of a list: a time today, a weekday this week, else a date. */
  stamp(at: Date, now: Date): string;
  /** The heading of a day: "Today", "Yesterday", else the date. */
  day(at: Date, now: Date): string;
  /** Day and time together. */
  full(at: Date): string;
  /** "5 minutes ago" */
  ago(at: Date, now: Date): string;
  number(value: number): string;
  /** Decimal text with its digits as they are: no floating point comes near it. */
  amount(text: string): string;
  /** The same of a currency, with so many digits behind the point at least. */
  money(text: string, currency: string, places: number): string;
  /** 1.4 MB */
  size(bytes: number): string;
  /** What a limit of so many bytes is called: 25 MB, where a megabyte is 1,048,576 bytes. */
  sizeLimit(bytes: number): string;
  list(items: string[]): string;
  /** How long to wait, in the largest fitting unit: "24 seconds", "12 minutes". */
  duration(ms: number): string;
}

const made = new Map<string, Format>();

/**
 * In the language of the labels, by the habits of the reader: `readers` are the locales that they have chosen, the
 * favourite first, as in `navigator.languages`.
 */
export function formatOf(labelLocale: string, readers: readonly string[] = []): Format {
  const key = [labelLocale, ...readers].join();
  const known = made.get(key);
  if (known) return known;
  const format = makeFormat(localeFor(labelLocale, readers));
  made.set(key, format);
  return format;
}

/**
 * The reader's own variety of the language, `en-GB` for English labels; and whatever the language, the clock of 12 or 24
 * hours that they are used to.
 */
function localeFor(labelLocale: string, readers: readonly string[]): string {
  const known = readers.flatMap(supported);
  const label = new Intl.Locale(labelLocale);
  const own = known.map((each) => new Intl.Locale(each)).find((each) => each.language === label.language);
  const [favourite] = known;
  const hourCycle =
    favourite && new Intl.DateTimeFormat(favourite, { hour: 'numeric' }).resolvedOptions().hourCycle;
  return new Intl.Locale(own ?? label, hourCycle ? { hourCycle } : {}).toString();
}

/** Some browsers name things that are no locales. */
function supported(locale: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale);
  } catch {
    return [];
  }
}

function makeFormat(locale: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  // A style and not its parts: with these, ten to three in the night is "2:50" to the British and "02:50" in a full date.
  const time = dates({ timeStyle: 'short' });
  const weekday = dates({ weekday: 'short' });
  const dayMonth = dates({ day: 'numeric', month: 'short' });
  const dayMonthYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const heading = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const headingYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const full = dates({ dateStyle: 'long', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const decimals = (text: string, least: number, options: Intl.NumberFormatOptions) => {
    const places = Math.max(least, text.split('.')[1]?.length ?? 0);
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    // Of a text it takes every digit.
    return new Intl.NumberFormat(locale, { ...options, ...digits }).format(text as `${number}`);
  };
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  const units = (unit: string, unitDisplay: 'short' | 'long', maximumFractionDigits = 0) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits });
  // The short form of a byte has no plural: "192 byte".
  const bytesLong = units('byte', 'long');
  const kilobytes = units('kilobyte', 'short');
  const megabytes = units('megabyte', 'short', 1);
  return {
    time: (at) => time.format(at),
    timeIn(at, timeZone) {
      try {
        return dates({ timeStyle: 'short', timeZone }).format(at);
      } catch {
        return null;
      }
    },
    stamp(at, now) {
      const days = daysBetween(at, now);
      if (days <= 0) return time.format(at);
      if (days < 7) return weekday.format(at);
      return at.getFullYear() === now.getFullYear() ? dayMonth.format(at) : dayMonthYear.format(at);
    },
    day(at, now) {
      const days = daysBetween(at, now);
      if (days === 0 || days === 1) return capitalised(relative.format(-days, 'day'), locale);
      return at.getFullYear() === now.getFullYear() ? heading.format(at) : headingYear.format(at);
    },
    full: (at) => full.format(at),
    ago(at, now) {
      const minutes = Math.round((now.getTime() - at.getTime()) / 60_000);
      if (minutes < 60) return relative.format(-Math.max(minutes, 0), 'minute');
      if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), 'hour');
      return relative.format(-Math.round(minutes / (24 * 60)), 'day');
    },
    number: (value) => number.format(value),
    amount: (text) => decimals(text, 0, {}),
    money: (text, currency, places) => decimals(text, places, { style: 'currency', currency }),
    size(bytes) {
      if (bytes < 1000) return bytesLong.format(bytes);
      // 999,999 bytes are not "1,000 kB".
      if (bytes < 999_500) return kilobytes.format(bytes / 1000);
      return megabytes.format(bytes / 1_000_000);
    },
    sizeLimit(bytes) {
      if (bytes < 1024 * 1024) return kilobytes.format(Math.floor(bytes / 1024));
      return megabytes.format(Math.floor((bytes / (1024 * 1024)) * 10) / 10);
    },
    list: (items) => list.format(items),
    duration(ms) {
      const seconds = Math.max(1, Math.ceil(ms / 1000));
      const [value, unit] = inUnit(seconds);
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
    },
  };
}

/** Rounded up: whoever waits that long has waited long enough. */
function inUnit(seconds: number): [number, 'second' | 'minute' | 'hour'] {
  if (seconds < 90) return [seconds, 'second'];
  return seconds < 90 * 60 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3600), 'hour'];
}

/** Whole calendar days from `at` to `now`, in the viewer's time zone. */
function daysBetween(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
