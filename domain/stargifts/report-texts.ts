/** Words of the report; the line grammar and the emoji are the same in every language. */
export interface ReportTexts {
  readonly title: string;
  readonly fresh: string;
  readonly bought: string;
  readonly skipped: string;
  readonly planSkips: string;
  readonly planSkipsInTotal: string;
  readonly byGift: string;
  readonly byChannel: string;
  readonly byAccount: string;
  readonly deferred: string;
  /** Before the cause of a line below a gift. */
  readonly reason: string;
  readonly error: string;
  readonly plan: string;
  readonly more: (count: number) => string;
  readonly buysAfter: (time: string) => string;
}

export type ReportLanguage = 'ru' | 'en';

/** The report in the languages we speak. */
export const REPORT_TEXTS: Readonly<Record<ReportLanguage, ReportTexts>> = {
  ru: {
    title: 'Отчёт автопокупки',
    fresh: 'Новых',
    bought: 'Куплено',
    skipped: 'Пропущено',
    planSkips: 'Пропуски на этапе планирования',
    planSkipsInTotal: 'Итого пропуски планирования',
    byGift: 'По подаркам',
    byChannel: 'По каналам',
    byAccount: 'По аккаунтам',
    deferred: 'Отложенные покупки',
    reason: 'причина',
    error: 'ошибка',
    plan: 'план',
    more: (count) => `и ещё ${count}`,
    buysAfter: (time) => `будет куплен после ${time}, так как лок действует до этого времени`,
  },
  en: {
    title: 'Autobuy report',
    fresh: 'New',
    bought: 'Bought',
    skipped: 'Skipped',
    planSkips: 'Skipped while planning',
    planSkipsInTotal: 'Skipped while planning, in total',
    byGift: 'By gift',
    byChannel: 'By channel',
    byAccount: 'By account',
    deferred: 'Deferred purchases',
    reason: 'reason',
    error: 'error',
    plan: 'plan',
    more: (count) => `and ${count} more`,
    buysAfter: (time) => `will be bought after ${time}, because it is locked until then`,
  },
};
