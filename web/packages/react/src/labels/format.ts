/** Dates, sizes and spans as one language writes them. Formatters are slow to make, so one set is kept per locale. */
export interface Format {
  /** 14:05 */
  time(at: Date): string;
  /** The short stamp of a list: a time today, a weekday this week, else a date. */
  stamp(at: Date, now: Date): string;
  /** The heading of a day: "Today", "Yesterday", else the date. */
  day(at: Date, now: Date): string;
  /** Day and time together. */
  full(at: Date): string;
  /** "5 minutes ago" */
  ago(at: Date, now: Date): string;
  number(value: number): string;
  /** 1.4 MB */
  size(bytes: number): string;
  list(items: string[]): string;
}

const made = new Map<string, Format>();

export function formatOf(locale: string): Format {
  const known = made.get(locale);
  if (known) return known;
  const format = makeFormat(locale);
  made.set(locale, format);
  return format;
}

function makeFormat(locale: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const time = dates({ hour: 'numeric', minute: '2-digit' });
  const weekday = dates({ weekday: 'short' });
  const dayMonth = dates({ day: 'numeric', month: 'short' });
  const dayMonthYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const heading = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const headingYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const full = dates({ dateStyle: 'long', timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  const sizes = (['byte', 'kilobyte', 'megabyte'] as const).map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
      }),
  );
  return {
    time: (at) => time.format(at),
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
    size(bytes) {
      const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
      return sizes[step]?.format(bytes / 1000 ** step) ?? '';
    },
    list: (items) => list.format(items),
  };
}

/** Whole calendar days from `at` to `now`, in the viewer's time zone. */
function daysBetween(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

function capitalised(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
