import type { Client } from '@temporalio/client';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createDialogActivities } from '../bot/dialog/handle-updates.ts';
import { routeTable } from '../bot/dialog/route-table.ts';
import { screens } from '../bot/screens.ts';
import type { WakeSenders } from '../client/outbox.ts';
import { DomainError } from '../domain/shared/errors.ts';
import { renderPng } from '../providers/pictures/render-png.ts';
import type { OwnBots } from './own-bots.ts';

export interface DialogParts {
  readonly orm: MikroORM;
  readonly client: Client;
  readonly own: OwnBots;
  readonly wakeSenders: WakeSenders;
  /** Operators, e.g. `telegram:123`. */
  readonly ownerIds: readonly string[];
}

/** The dialog with people, over the program's own bots. */
export const createTalkActivities = ({ orm, client, own, wakeSenders, ownerIds }: DialogParts) =>
  createDialogActivities({
    dialog: {
      routes: routeTable(screens),
      deps: {
        em: () => orm.em.fork(),
        client,
        renderPng,
        async download({ messenger, fileId, maxBytes }) {
          const bot = own[messenger]?.bot;
          if (bot === undefined) throw new DomainError('file-gone', `there is no bot in ${messenger} any more`);
          return await bot.download({ fileId, maxBytes });
        },
      },
    },
    ownerIds,
    wakeSenders,
  });
