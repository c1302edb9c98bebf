import { z } from 'zod';

export const CalendarText = z.string().meta({ title: 'iCalendar', description: 'RFC 5545' });
export const ImportedOut = z
  .object({
    imported: z.int().describe('events that came in'),
    bad: z.array(z.object({ summary: z.string(), reason: z.string() })).describe('those that did not, and why'),
  })
  .meta({ title: 'ImportedCalendar' });
export const FeedOut = z
  .object({
    path: z.string().nullable().describe('address of the feed, shown only now; null: it was shown when it was made'),
    createdAt: z.iso.datetime().nullable().describe('null: there is no feed'),
  })
  .meta({ title: 'CalendarFeed' });
