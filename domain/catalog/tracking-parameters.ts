/** Parameters that say where a visitor came from, never what the page shows. Names are lower case. */
const TRACKING_NAMES: ReadonlySet<string> = new Set([
  // Click identifiers of advertising networks.
  ...['yclid', 'ysclid', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid', 'fbclid'],
  ...['msclkid', 'ttclid', 'twclid', 'igshid', 'li_fat_id', 'srsltid', 'rb_clickid', 'vk_clickid', 'sclid', 'epik'],
  // Counters, mailings and affiliate networks.
  ...['_openstat', 'openstat', '_ga', '_gl', 'ymclid', '_ym_uid', 'etext', 'roistat', 'calltouch_tm', 'erid'],
  ...['mc_cid', 'mc_eid', '_hsenc', '_hsmi', 'admitad_uid', 'tagtag_uid', 'irclickid', 'awc', 'wt_mc', 'spm', 'scm'],
  // Sessions.
  ...['phpsessid', 'jsessionid', 'aspsessionid', 'sessionid', 'session_id', 'cfid', 'cftoken'],
]);

const TRACKING_PREFIX = /^(?:utm|hsa|mtm|matomo|piwik|pk|ga|vero|oly|__cf_chl)_|^__hs|^aspsessionid/;

/** Whether a query parameter only tracks the visitor (campaigns, click ids, sessions); case does not matter. */
export function isTrackingParameter(name: string): boolean {
  const lower = name.toLowerCase();
  return TRACKING_NAMES.has(lower) || TRACKING_PREFIX.test(lower);
}
