/** How a shop keeps crawlers out: asks to slow down, asks for proof of being human, or just refuses. */
export type BlockKind = 'rate-limited' | 'challenge' | 'refused';

export interface Block {
  readonly kind: BlockKind;
  /** Whose protection it is, null when the page does not show. */
  readonly vendor: string | null;
}

/** Marks in the HTML of challenge and refusal pages; none is found in pages that a protection merely lets through. */
const VENDORS: readonly (readonly [string, RegExp])[] = [
  [
    'cloudflare',
    /\bcf-chl-|_cf_chl_opt|cf-browser-verification|cf-error-details|<title>(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)/,
  ],
  ['ddos-guard', /<title>DDoS-Guard|check\.ddos-guard\.net|\/\.well-known\/ddos-guard\/js-challenge/i],
  ['qrator', /__qrator\/qauth|qrator_jsr|qauth_utm/],
  ['datadome', /captcha-delivery\.com|geo\.captcha-delivery|ct\.captcha-delivery/],
  ['perimeterx', /id="px-captcha"|window\._pxAppId|captcha\.px-cdn\.net/],
  ['imperva', /Incapsula incident ID|_Incapsula_Resource\?(?:CWUDNSAI|SWUDNSAI)|hcaptcha-imperva/],
  ['akamai', /errors\.edgesuite\.net|\/_sec\/cp_challenge\/|sec-if-cpt-container/],
  ['aws-waf', /window\.gokuProps|\.awswaf\.com\/|aws-waf-token/],
  ['kasada', /ips\.js\?KP_UIDz|KPSDK\.scriptStart/],
  ['sucuri', /Sucuri WebSite Firewall - Access Denied|sucuri_cloudproxy_js/i],
  ['yandex', /\/showcaptcha\?|CheckboxCaptcha-Form|<title>(?:Вы не робот\?|Are you not a robot\?)/],
  ['servicepipe', /servicepipe\.ru\/|id="id_captcha_frame_div"|sp_rotated_captcha/],
  ['variti', /\/_variti\/|variti_ccr/],
  ['wildberries', /x_wbaas_token|__wbaas\/challenges/],
];

const CHALLENGE =
  /captcha|not a robot|не робот|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|проверка браузера|enable javascript and cookies to continue|js-challenge/i;

/** Statuses that protections answer with, besides 429. */
const BLOCK_STATUSES: ReadonlySet<number> = new Set([401, 403, 405, 503]);
/** A challenge with status 200 has next to no text of its own; longer pages only carry a vendor's script. */
const MAX_CHALLENGE_TEXT = 1500;
/** Marks stand in the head or soon after it. */
const MARK_CHARACTERS = 100_000;

/** Characters outside of tags, scripts and styles; linear in the length of any text. */
function visibleLength(html: string): number {
  const pieces = html.split(/<(?=\/?(?:script|style|noscript)\b)/i);
  const shown = pieces.filter((piece) => !/^(?:script|style|noscript)\b/i.test(piece)).map((piece) => `<${piece}`);
  return shown
    .join('')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim().length;
}

function refusal(status: number, vendor: string | null, challenged: boolean): Block | null {
  if (vendor === null && !challenged) return status === 403 ? { kind: 'refused', vendor } : null;
  return { kind: challenged || status === 503 ? 'challenge' : 'refused', vendor };
}

/**
 * Whether an answer is a block or a challenge instead of the page asked for, or null.
 * A plain 403 counts as refused; a 503 only with a mark, for shops go down by themselves too.
 */
export function detectBlock({ status, text }: { readonly status: number; readonly text: string }): Block | null {
  const head = text.slice(0, MARK_CHARACTERS);
  const vendor = VENDORS.find(([, mark]) => mark.test(head))?.[0] ?? null;
  if (status === 429) return { kind: 'rate-limited', vendor };
  if (BLOCK_STATUSES.has(status)) return refusal(status, vendor, CHALLENGE.test(head));
  if (status !== 200 || vendor === null || visibleLength(head) > MAX_CHALLENGE_TEXT) return null;
  return { kind: 'challenge', vendor };
}
