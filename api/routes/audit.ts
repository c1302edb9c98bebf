import { z } from 'zod';
import { listAudit } from '../../db/repositories/audit.ts';
import { isOperator } from '../../domain/accounts/role.ts';
import type { ApiDeps } from '../deps.ts';
import { Problem } from '../problems.ts';
import type { Route } from '../route.ts';
import { AuditOut } from '../schemas/accounts.ts';
import { fromCursor, Id, listOf, pageOf, paging } from '../schemas/paging.ts';
import { userRoute } from '../user-route.ts';

const AuditQuery = z.strictObject({
  user: z
    .union([Id, z.literal('all')])
    .optional()
    .describe("whose entries, or `all`; others' are for operators. Absent: one's own"),
  action: z.string().max(100).optional().describe('`settings.changed`, or `settings` for all that begin so'),
  result: z.enum(['ok', 'refused']).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('inclusive'),
  to: z.iso.datetime({ offset: true }).optional().describe('exclusive'),
  ...paging(200, 50),
});

/** Who changed what. */
export const auditRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    method: 'get',
    path: '/api/audit',
    operationId: 'listAudit',
    tag: 'Audit',
    summary: 'Every change to money, accounts, settings and sessions, newest first',
    status: 200,
    scope: 'read',
    query: AuditQuery,
    output: listOf(AuditOut),
    problems: ['invalid-cursor'],
    async handle({ query: { user: whose, action, result, from, to, limit, cursor } }, { user }) {
      const wanted = whose ?? user.id;
      if (wanted !== user.id && !isOperator(user.role))
        throw new Problem('forbidden', "only operators see others' entries");
      const rows = await listAudit(deps.em(), {
        userId: wanted === 'all' ? null : wanted,
        ...{ action: action ?? null, result: result ?? null, from: from ?? null, to: to ?? null },
        ...{ limit: limit + 1, before: fromCursor(cursor, z.int()) },
      });
      return { body: pageOf(rows, limit, ({ id }) => id) };
    },
  }),
];
