import type { Config } from './env.ts';

/** Where the model that gives advice is, and which one. */
export interface AdviceSettings {
  readonly baseUrl: string;
  /** null = the server wants none. */
  readonly apiKey: string | null;
  readonly model: string;
}

/** The variables that say it. */
export type AdviceVariables = Pick<Config, 'OPENAI_BASE_URL' | 'OPENAI_API_KEY' | 'OPENAI_CHAT_MODEL'>;

/** The model that the environment names; null = none: advice by rules alone. */
export function adviceSettings(config: AdviceVariables): AdviceSettings | null {
  const { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: apiKey = null, OPENAI_CHAT_MODEL: model } = config;
  return baseUrl === undefined || model === undefined ? null : { baseUrl, apiKey, model };
}
