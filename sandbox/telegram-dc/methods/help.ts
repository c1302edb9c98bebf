import { seconds, type MethodContext, type Methods } from './method.ts';

/** This datacentre's number; the only one there is. */
export const DC_ID = 2;
const CONFIG_SECONDS = 3600;

function config({ dc }: MethodContext) {
  const now = seconds(Date.now());
  const address = { _: 'dcOption', id: DC_ID, ip_address: '127.0.0.1', port: dc.port };
  return {
    _: 'config',
    date: now,
    expires: now + CONFIG_SECONDS,
    test_mode: false,
    this_dc: DC_ID,
    dc_options: [address, { ...address, media_only: true }],
    dc_txt_domain_name: '',
    me_url_prefix: 'https://t.me/',
    ...NUMBERS,
  };
}

/** Limits and intervals as Telegram says them; nothing here depends on them. */
const NUMBERS = {
  chat_size_max: 200,
  megagroup_size_max: 200_000,
  forwarded_count_max: 100,
  online_update_period_ms: 210_000,
  offline_blur_timeout_ms: 5000,
  offline_idle_timeout_ms: 30_000,
  online_cloud_timeout_ms: 300_000,
  notify_cloud_delay_ms: 30_000,
  notify_default_delay_ms: 1500,
  push_chat_period_ms: 60_000,
  push_chat_limit: 2,
  edit_time_limit: 172_800,
  revoke_time_limit: 2_147_483_647,
  revoke_pm_time_limit: 2_147_483_647,
  rating_e_decay: 2_419_200,
  stickers_recent_limit: 200,
  channels_read_media_period: 604_800,
  call_receive_timeout_ms: 20_000,
  call_ring_timeout_ms: 90_000,
  call_connect_timeout_ms: 30_000,
  call_packet_timeout_ms: 10_000,
  caption_length_max: 1024,
  message_length_max: 4096,
  webfile_dc_id: DC_ID,
} as const;

/** What clients ask for on their own when they connect. */
export const helpMethods: Methods = {
  'help.getConfig': config,
  'help.getNearestDc': () => ({ _: 'nearestDc', country: 'RU', this_dc: DC_ID, nearest_dc: DC_ID }),
  'updates.getState': ({ dc, user }) => {
    user();
    return { _: 'updates.state', pts: 1, qts: 0, date: seconds(dc.now()), seq: 0, unread_count: 0 };
  },
  'updates.getDifference': ({ dc, user }) => {
    user();
    return { _: 'updates.differenceEmpty', date: seconds(dc.now()), seq: 0 };
  },
  'account.updateStatus': ({ user }) => user().id !== '',
};
