import { defineEntity, p } from '@mikro-orm/core';
import type { Language } from '../../domain/accounts/language.ts';
import type { OccasionKind } from '../../domain/agenda/people/occasion.ts';
import { AppUser } from './app-user.ts';

const PersonSchema = defineEntity({
  name: 'Person',
  tableName: 'person',
  indexes: [{ properties: ['user'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    name: p.text(),
    /** In the user's words, e.g. «мама». */
    relation: p.text().nullable(),
    birthYear: p.integer().nullable(),
    interests: p.json<readonly string[]>().defaultRaw("'[]'"),
    /** What must not be given: allergies, what is there already. */
    limits: p.json<readonly string[]>().defaultRaw("'[]'"),
    /** Of one present, minor units of the currency. */
    budgetMinor: p.bigint('number').nullable(),
    budgetCurrency: p.text().nullable(),
    /** In which the person reads; null = the user's. */
    language: p.text().$type<Language>().nullable(),
    notes: p.text().default(''),
    createdAt: p.datetime().defaultRaw('now()'),
    updatedAt: p.datetime().defaultRaw('now()'),
  },
});
/** Somebody whom a user gives presents. */
export class Person extends PersonSchema.class {}
PersonSchema.setClass(Person);

const OccasionSchema = defineEntity({
  name: 'Occasion',
  tableName: 'occasion',
  indexes: [{ properties: ['user', 'nextAt'] }, { properties: ['person'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    /** null = nobody's in particular. */
    person: () => p.manyToOne(Person).nullable().deleteRule('cascade'),
    kind: p.text().$type<OccasionKind>(),
    title: p.text().nullable(),
    month: p.integer(),
    day: p.integer(),
    /** Of the first time. */
    year: p.integer().nullable(),
    leadDays: p.json<readonly number[]>(),
    /** `HH:MM` in the user's zone. */
    at: p.text(),
    /** `YYYY-MM-DD`: what was to be told up to this day is behind. */
    toldTo: p.text(),
    /** For this year's the present is there. */
    doneYear: p.integer().nullable(),
    snoozedTo: p.text().nullable(),
    nextAt: p.datetime().nullable(),
    version: p.integer().default(0),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** A day of the year that is told of in time; its workflow `occasion:<id>` knows when. */
export class Occasion extends OccasionSchema.class {}
OccasionSchema.setClass(Occasion);
