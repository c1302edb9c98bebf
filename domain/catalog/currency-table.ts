/** What a currency mark means. */
export interface CurrencyMark {
  /** ISO 4217 codes it may stand for; exactly one = unambiguous, none = no ISO currency (toman). */
  readonly codes: readonly string[];
  /** Short letters that are also ordinary words or units: they count only beside a number. */
  readonly weak: boolean;
}

/** Every currency that is written with a plain dollar sign. */
const DOLLARS =
  'USD+CAD+AUD+NZD+HKD+SGD+TWD+MXN+ARS+CLP+COP+BBD+BMD+BND+BSD+BZD+FJD+GYD+JMD+KYD+LRD+NAD+SBD+SRD+TTD+XCD+UYU';

// `mark=codes`; codes are empty where no ISO currency exists, several where the mark alone does not decide.
const SYMBOLS = `€=EUR £=GBP ₽=RUB ₴=UAH ₸=KZT ₼=AZN ₾=GEL ֏=AMD ₺=TRY ₹=INR ₫=VND ₪=ILS ₩=KRW ￦=KRW ₦=NGN ₱=PHP ₵=GHS ₡=CRC
₲=PYG ₮=MNT ₭=LAK ৳=BDT ៛=KHR ฿=THB $=DOLLARS ＄=DOLLARS ﹩=DOLLARS
¥=JPY+CNY ￥=JPY+CNY ﷼=IRR+SAR+OMR+QAR+YER ₨=INR+PKR+LKR+NPR+MUR+SCR ૱=INR ௹=INR+LKR ؋=AFN ￡=GBP 円=JPY 원=KRW 元=CNY+TWD+HKD
圓=TWD+HKD+JPY 人民币=CNY`;

const WORDS = `руб=RUB рубль=RUB рубля=RUB рублей=RUB рубли=RUB рублям=RUB рублях=RUB рублём=RUB рублем=RUB rub=RUB rur=RUB
грн=UAH гривна=UAH гривны=UAH гривен=UAH гривень=UAH гривні=UAH тг=KZT тнг=KZT тенге=KZT сум=UZS сўм=UZS сом=KGS сомов=KGS
манат=AZN+TMT лари=GEL драм=AMD лв=BGN лева=BGN лей=MDL+RON леев=MDL+RON ден=MKD денари=MKD дин=RSD динара=RSD рсд=RSD
евро=EUR euro=EUR euros=EUR eur=EUR доллар=DOLLARS долларов=DOLLARS
доллара=DOLLARS долл=DOLLARS dollars=DOLLARS
dollar=DOLLARS юаней=CNY юань=CNY юаня=CNY иен=JPY злотых=PLN фунтов=GBP
kč=CZK kc=CZK zł=PLN zl=PLN złotych=PLN złoty=PLN lei=RON leu=RON forint=HUF kuna=EUR hrk= dem= frf= rmb=CNY yen=JPY yuan=CNY
vnđ=VND đồng=VND dong=VND baht=THB บาท=THB ringgit=MYR rupiah=IDR rupees=INR+PKR+LKR+NPR rupee=INR+PKR+LKR+NPR
रु=INR+NPR र=INR+NPR रुपये=INR रू=INR+NPR টাকা=BDT taka=BDT rand=ZAR naira=NGN cedi=GHS fcfa=XOF+XAF cfa=XOF+XAF xpf=XPF
تومان= ریال=IRR ريال=SAR+QAR+OMR+YER+IRR درهم=AED+MAD دينار=KWD+BHD+JOD+IQD+TND+DZD+LYD جنيه=EGP+SDG ليرة=SYP+LBP+TRY
دج=DZD שח=ILS ש״ח=ILS nis=ILS ksh=KES kshs=KES tsh=TZS ush=UGX lps=HNL sfr=CHF francs=CHF+XOF+XAF тңг=KZT 
мдл=MDL драм=AMD франков=CHF крон=SEK+NOK+DKK+CZK+ISK kronor=SEK kroner=NOK+DKK krónur=ISK reais=BRL
ብር=ETB pound=GBP pounds=GBP pesos=MXN+ARS+CLP+COP+PHP+UYU+DOP soles=PEN`;

// Exact case: they are too short to be trusted anywhere but beside a number.
const SHORT = `р=RUB Р=RUB R=ZAR kr=SEK+NOK+DKK+ISK Kr=SEK+NOK+DKK+ISK KR=SEK+NOK+DKK+ISK Ft=HUF ft=HUF FT=HUF Rp=IDR rp=IDR RP=IDR RM=MYR
rm=MYR TL=TRY tl=TRY Tl=TRY Rs=INR+PKR+LKR+NPR+MUR RS=INR+PKR+LKR+NPR+MUR rs=INR+PKR+LKR+NPR+MUR đ=VND Đ=VND
KD=KWD BD=BHD RO=OMR QR=QAR SR=SAR JD=JOD LE=EGP L=HNL Q=GTQ Bs=BOB+VES bs=BOB+VES Gs=PYG KM=BAM din=RSD Din=RSD
Dhs=AED dhs=AED Dh=AED+MAD DH=AED+MAD dh=AED+MAD DA=DZD DT=TND Lek=ALL lek=ALL lekë=ALL ƒ=AWG+XCG+ANG Nu=BTN Rf=MVR MVR=MVR UM=MRU
MK=MWK ZK=ZMW FG=GNF FRw=RWF FBu=BIF Fdj=DJF CF=KMF Ar=MGA Db=STN MT=MZN MTn=MZN Le=SLE Ks=MMK GHc=GHS GH=GHS Br=BYN+ETB
br=BYN+ETB Kz=AOA Fr=CHF fr=CHF FR=CHF Tk=BDT TK=BDT P=BWP+PHP K=PGK+ZMW+MMK ман=AZN+TMT Sk= Lt= Ls= E=SZL G=HTG
kn= Afl=AWG Af=AFN NAf=XCG Vt=VUV VT=VUV SFr=CHF`;

// Two marks that belong together, written with nothing, a dot or a space between them.
const PAIRS = `us$=USD u$=USD $us=USD $usd=USD ca$=CAD cdn$=CAD can$=CAD $ca=CAD $cad=CAD c$=CAD+NIO a$=AUD au$=AUD $au=AUD $aud=AUD
nz$=NZD $nz=NZD hk$=HKD nt$=TWD nt＄=TWD s$=SGD sg$=SGD mx$=MXN mex$=MXN $mx=MXN $mxn=MXN r$=BRL rd$=DOP j$=JMD tt$=TTD bz$=BZD
b$=BSD+BND+BBD bds$=BBD bd$=BMD ci$=KYD ec$=XCD fj$=FJD gy$=GYD l$=LRD n$=NAD ar$=ARS $u=UYU $ar=ARS cl$=CLP co$=COP col$=COP
cuc$= cup$=CUP clp$=CLP z$= wst$=WST t$=TOP ws$=WST si$=SBD $b=BOB cn¥=CNY jp¥=JPY gh₵=GHS gh¢=GHS e£=EGP
دإ=AED دا=JOD دأ=JOD رس=SAR دك=KWD دب=BHD جم=EGP رق=QAR رع=OMR لل=LBP دت=TND دم=MAD دج=DZD لس=SYP رى=YER دع=IQD
белруб=BYN белрублей=BYN рубрб=BYN бр=BYN уе= сша$=USD долларовсша=USD доллсша=USD долларсша=USD שח=ILS`;

function parse(table: string, weak: boolean): [string, CurrencyMark][] {
  return table
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [mark = '', named = ''] = entry.split('=');
      const codes = named === 'DOLLARS' ? DOLLARS : named;
      return [mark, { codes: codes === '' ? [] : codes.split('+'), weak }];
    });
}

/** Marks looked up as written. */
export const EXACT_MARKS: ReadonlyMap<string, CurrencyMark> = new Map([
  ...parse(SYMBOLS, false),
  ...parse(SHORT, true),
]);

/** Marks looked up in lower case. */
export const WORD_MARKS: ReadonlyMap<string, CurrencyMark> = new Map(parse(WORDS, false));

/** Two marks joined without what stood between them, in lower case. */
export const PAIR_MARKS: ReadonlyMap<string, CurrencyMark> = new Map(parse(PAIRS, false));

/** ISO codes that are also English words or common abbreviations, so that they count only beside a number. */
export const WORDLIKE_CODES: ReadonlySet<string> = new Set(
  'ALL ANG BAM BOB COP CUP ERN ETB GEL GIP LAK LSL MAD MOP MUR NAD PAB PEN SAR SOS SRD STN SVC TOP TRY VES WST'.split(
    ' ',
  ),
);
