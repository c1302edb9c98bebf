import { defineEntity, p } from '@mikro-orm/core';
import { AppUser } from './app-user.ts';

const SkillSchema = defineEntity({
  name: 'Skill',
  tableName: 'skill',
  indexes: [{ properties: ['user'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(AppUser).deleteRule('cascade'),
    name: p.text(),
    /** 0 = none … 5 = teaches others. */
    level: p.integer(),
    targetLevel: p.integer(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** Something that a person gets better at. */
export class Skill extends SkillSchema.class {}
SkillSchema.setClass(Skill);

const SkillEvidenceSchema = defineEntity({
  name: 'SkillEvidence',
  tableName: 'skill_evidence',
  indexes: [{ properties: ['skill'] }],
  properties: {
    id: p.uuid().primary(),
    skill: () => p.manyToOne(Skill).deleteRule('cascade'),
    text: p.text(),
    /** The level that it stands for. */
    level: p.integer(),
    createdAt: p.datetime().defaultRaw('now()'),
  },
});
/** What shows a level: a project, an exam, somebody's word. */
export class SkillEvidence extends SkillEvidenceSchema.class {}
SkillEvidenceSchema.setClass(SkillEvidence);
