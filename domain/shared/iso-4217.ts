const CODES = `
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG
XOF XPF YER ZAR ZMW ZWG`;

const CODE_SET: ReadonlySet<string> = new Set(CODES.trim().split(/\s+/));
const WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
);
const WITH_THOUSANDTHS: ReadonlySet<string> = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** Whether `code` is an active ISO 4217 currency, written in capitals. */
export function isCurrencyCode(code: string): boolean {
  return CODE_SET.has(code);
}

/**
 * Digits after the decimal point of a currency's smallest unit.
 * @returns 0, 2 or 3
 * @throws RangeError when `code` is not an active ISO 4217 currency
 * @see ISO 4217, column "minor unit"
 */
export function currencyExponent(code: string): 0 | 2 | 3 {
  if (!isCurrencyCode(code)) throw new RangeError(`unknown currency ${code}`);
  if (WITHOUT_MINOR_UNIT.has(code)) return 0;
  return WITH_THOUSANDTHS.has(code) ? 3 : 2;
}
