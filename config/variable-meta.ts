import { z } from 'zod';

/** What `.env.example` says about a variable besides its name and default. */
export interface VariableMeta {
  readonly section: string;
  readonly description: string;
  /** Shown in `.env.example` when there is no default. */
  readonly example?: string;
  /** Never printed: the logger replaces its value wherever it turns up. */
  readonly secret?: boolean;
}

/** Holds what `.env.example` says about each variable. */
export const variableMeta = z.registry<VariableMeta>();

/** A port, with what it is when nothing is said. */
export const port = (value: number) => z.coerce.number().int().min(1).max(65_535).default(value);
/** An address of one of these protocols. */
export const url = (protocols: RegExp, says: string) => z.url({ protocol: protocols, error: says });
