import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { addLinkCode } from '../../db/repositories/link-codes.ts';
import { LINK_CODE_LENGTH, LINK_CODE_LETTERS } from '../../domain/accounts/link-code.ts';
import type { ApiDeps } from '../deps.ts';
import type { Route } from '../route.ts';
import { countLinkCode } from '../slow-down.ts';
import { userRoute } from '../user-route.ts';

const LIFE_MS = 10 * 60_000;

const LinkCodeOut = z
  .object({
    code: z.string().describe('8 letters; to be sent to the bot as `/link CODE`'),
    startParameter: z
      .string()
      .describe('the same in a deep link: `https://t.me/BOT?start=…`, `https://max.ru/BOT?start=…`'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ title: 'LinkCode' });

/** One person in the panel and in a messenger. */
export const linkCodeRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'post',
    path: '/api/me/link-codes',
    operationId: 'createLinkCode',
    tag: 'Me',
    summary:
      'A code that makes the person who sends it to the bot this user, for ten minutes; one of before counts no more',
    status: 201,
    scope: null,
    idempotent: false,
    output: LinkCodeOut,
    problems: ['too-many-attempts'],
    async handle(_input, { actor, user }) {
      await countLinkCode(deps.em(), user.id);
      const code = Array.from(
        { length: LINK_CODE_LENGTH },
        () => LINK_CODE_LETTERS[randomInt(LINK_CODE_LETTERS.length)],
      ).join('');
      const expiresAt = await addLinkCode(deps.em(), actor, { code, lifeMs: LIFE_MS });
      return { body: { code, startParameter: `link_${code}`, expiresAt } };
    },
  }),
];
