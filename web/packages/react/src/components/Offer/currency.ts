/** By the digits behind the point: every currency of ISO 4217 in which something can be paid, as the server knows them. */
const CODES: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: [
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF',
    'CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL',
    'HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU',
    'MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR',
    'SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED',
    'VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  ].join(' '),
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** What is chosen most, before all others. */
const FIRST = ['EUR', 'USD', 'GBP', 'CNY', 'JPY', 'INR', 'TRY', 'AED'];

const digits = new Map(
  Object.entries(CODES).flatMap(([places, codes]) =>
    codes.split(' ').map((code) => [code, Number(places)] as const),
  ),
);

/** Digits behind the point; null where it is no currency. */
export function digitsOf(code: string): number | null {
  return digits.get(code) ?? null;
}

export const currencies: readonly string[] = [...new Set([...FIRST, ...[...digits.keys()].sort()])];

/** EUR, and what that is in the reader's language. */
export function currencyNames(locale: string): (code: string) => string {
  const names = new Intl.DisplayNames(locale, { type: 'currency', fallback: 'none' });
  return (code) => {
    const name = names.of(code);
    return name === undefined ? code : `${code} – ${name}`;
  };
}
