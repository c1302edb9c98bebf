import { variableMeta } from './variable-meta.ts';
import { Variables } from './variables.ts';

const asText = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);

/** The text of `.env.example`: every variable with its default, or commented out with an example when it has none. */
export function envExample(): string {
  const lines = [
    '# Written by `npm run env-example` from config/variables.ts. Copy to .env and change what you need.',
    '# Instead of NAME you may set NAME_FILE, the path of a file that holds the value (container secrets).',
  ];
  let section = '';
  for (const [name, schema] of Object.entries(Variables.shape)) {
    const meta = variableMeta.get(schema);
    if (meta === undefined) throw new Error(`${name} has no description in config/variables.ts`);
    if (meta.section !== section) lines.push('', `## ${meta.section}`);
    section = meta.section;
    const fallback = schema.safeParse(undefined);
    const known = fallback.success && fallback.data !== undefined;
    const assignment = known ? `${name}=${asText(fallback.data)}` : `# ${name}=${meta.example ?? ''}`;
    lines.push('', `# ${meta.description}`, assignment);
  }
  return `${lines.join('\n')}\n`;
}
