/** Notes in `change` which transaction wrote a row last, so that readers can follow a table as it changes. */
export const followChanges = {
  name: 'note_change',
  timing: 'before' as const,
  events: ['update' as const],
  forEach: 'row' as const,
  body: 'new.change := (pg_current_xact_id()::text)::bigint; return new;',
};
/** Default of `change`, as Postgres writes it. */
export const CHANGE_NOW = '((pg_current_xact_id())::text)::bigint';
