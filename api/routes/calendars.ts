import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { z } from 'zod';
import { groupCalendar, personalCalendar } from '../../db/repositories/calendar-events.ts';
import { feedMadeAt, feedOf, putFeed, removeFeed } from '../../db/repositories/calendar-feeds.ts';
import type { IcsEvent } from '../../domain/agenda/ics-event.ts';
import { writeCalendar } from '../../domain/agenda/ics-writer.ts';
import type { ApiDeps } from '../deps.ts';
import { groupFor } from '../group-access.ts';
import { Problem } from '../problems.ts';
import { route, type Route } from '../route.ts';
import { CalendarText, FeedOut } from '../schemas/calendars.ts';
import { IdParams } from '../schemas/paging.ts';
import { hashToken, newToken } from '../session-cookie.ts';
import { userRoute } from '../user-route.ts';

const tag = 'Calendar';
const TYPE = 'text/calendar';
const file = { method: 'get', tag, status: 200, contentType: TYPE, output: CalendarText } as const;

/** Events as calendar programs read them: files, and a feed behind a secret address. */
export const calendarRoutes = (deps: ApiDeps): Route[] => [...fileRoutes(deps), ...feedRoutes(deps), openFeed(deps)];

const fileRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...file,
    path: '/api/calendar',
    operationId: 'exportCalendar',
    summary: 'Events of all your groups and your reminders as a calendar file, with their rules and zones',
    scope: 'read',
    async handle(_input, { user }) {
      const events = await personalCalendar(deps.em(), user.id);
      return { stream: sendCalendar({ name: user.name, events, stampMs: Date.now() }) };
    },
  }),
  userRoute({
    ...file,
    path: '/api/groups/:id/calendar',
    operationId: 'exportGroupCalendar',
    summary: 'Events of a group as a calendar file, with their rules and zones',
    scope: 'read',
    params: IdParams,
    async handle({ params: { id } }, { user }) {
      const { name } = await groupFor(deps, { groupId: id, userId: user.id }, 'take-part');
      const events = await groupCalendar(deps.em(), { userId: user.id, groupId: id });
      return { stream: sendCalendar({ name, events, stampMs: Date.now() }) };
    },
  }),
];

const feed = { path: '/api/calendar/feed', tag } as const;

const feedRoutes = (deps: ApiDeps): Route[] => [
  userRoute({
    ...feed,
    method: 'get',
    operationId: 'getCalendarFeed',
    summary: 'Whether calendar programs can read your events',
    status: 200,
    scope: 'read',
    output: FeedOut,
    handle: async (_input, { user }) => ({
      body: { path: null, createdAt: iso(await feedMadeAt(deps.em(), user.id)) },
    }),
  }),
  userRoute({
    ...feed,
    method: 'put',
    operationId: 'renewCalendarFeed',
    summary: 'Make a new secret address for calendar programs; the one before is worth nothing',
    status: 200,
    scope: 'agenda',
    output: FeedOut,
    async handle(_input, { user }) {
      const secret = newToken();
      await putFeed(deps.em(), user.id, hashToken(secret));
      return { body: { path: `/calendar/${secret}.ics`, createdAt: iso(await feedMadeAt(deps.em(), user.id)) } };
    },
  }),
  userRoute({
    ...feed,
    method: 'delete',
    operationId: 'removeCalendarFeed',
    summary: 'Calendar programs can read nothing any more',
    status: 204,
    scope: 'agenda',
    async handle(_input, { user }) {
      await removeFeed(deps.em(), user.id);
      return { body: undefined };
    },
  }),
];

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Who knows the secret reads the events; nothing else is asked. */
const openFeed = (deps: ApiDeps): Route =>
  route({
    ...file,
    path: '/calendar/:secret.ics',
    operationId: 'readCalendarFeed',
    summary: 'The feed, for calendar programs; it has an ETag',
    access: 'open',
    params: z.strictObject({ secret: z.string().regex(/^[\w-]{20,100}$/) }),
    problems: ['rate-limited', 'database-unavailable'],
    async handle({ params: { secret } }) {
      const found = await feedOf(deps.em(), hashToken(secret));
      if (found === null) throw new Problem('not-found', 'there is no such calendar');
      const events = await personalCalendar(deps.em(), found.userId);
      // With the same events the same bytes, so that the ETag stays.
      return { stream: sendCalendar({ name: 'gifty', events, stampMs: found.madeAtMs }) };
    },
  });

interface Sent {
  readonly name: string;
  readonly events: readonly IcsEvent[];
  readonly stampMs: number;
}

/** Answers 304 where the reader has the same already, also when it asks past its caches: this is the origin. */
const sendCalendar =
  (calendar: Sent) =>
  async (res: Response): Promise<void> => {
    const text = writeCalendar(calendar);
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    res.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
    const known = (res.req.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag)) res.status(304).end();
    else {
      res.set('Content-Disposition', 'attachment; filename="gifty.ics"');
      res.type('text/calendar; charset=utf-8').send(text);
    }
    await Promise.resolve();
  };
