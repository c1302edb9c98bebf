/** One queue per scarce resource, not per feature: each limit (rate, concurrency) is set on a queue. */
export const TASK_QUEUES = {
  /** Workflow code only. */
  workflows: 'workflows',
  /** Other people's shops: polite, slow, hostile. */
  scrape: 'scrape',
  /** Pages that take a browser; optional: not every machine has one. */
  render: 'render',
  /** Vectors: CPU here, or an embedding API. */
  embed: 'embed',
  /** A language model behind an API: slow, dear, limited. */
  llm: 'llm',
  /** Messages over Telegram's Bot API: of users' bots and of the program's. */
  telegramBot: 'telegram-bot',
  /** Messages over MAX's bot API. */
  max: 'max',
  /** What people do in chats with the program's bots. */
  dialog: 'dialog',
  /** Short database work. */
  storage: 'storage',
  /** Telegram over MTProto: what any account host can do (sign-ins); each host serves `accountQueue(host)` beside it. */
  telegramAccount: 'telegram-account',
} as const;
/** Queue of one account host: an auth key may live in one process only, so what needs an account goes to its host. */
export const accountQueue = (host: string): string => `${TASK_QUEUES.telegramAccount}:${host}`;
export type TaskQueue = (typeof TASK_QUEUES)[keyof typeof TASK_QUEUES];
