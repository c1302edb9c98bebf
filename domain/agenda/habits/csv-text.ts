/** A table as CSV (RFC 4180), lines ended by CRLF. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');

const quoted = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Reads CSV; a quote that stands where none may ends the reading of its line, which comes as far as it was read. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    FIELD.lastIndex = at;
    const field = FIELD.exec(text);
    if (field === null) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end + 1;
      rows.push(row);
      row = [];
      continue;
    }
    const [whole, inQuotes, plain, separator] = field;
    row.push(inQuotes === undefined ? (plain ?? '') : inQuotes.replaceAll('""', '"'));
    at += whole.length;
    if (separator === ',') {
      if (at < text.length) continue;
      row.push('');
    }
    rows.push(row);
    row = [];
  }
  return rows.filter((cells) => cells.length > 1 || cells[0] !== '');
}

/** Rows by the names in the first one. */
export interface NamedRow {
  /** 2 = the first below the names. */
  readonly line: number;
  /** The cell in the first column with one of these names; '' = there is none. */
  readonly cell: (...names: readonly string[]) => string;
}

/** Reads CSV whose first line names the columns. */
export function readNamedRows(text: string): NamedRow[] {
  const [names = [], ...rows] = readCsv(text);
  const columns = new Map(names.map((name, place) => [name.trim().toLowerCase(), place]));
  return rows.map((cells, place) => ({
    line: place + 2,
    cell: (...wanted) => {
      const column = wanted.map((name) => columns.get(name.toLowerCase())).find((found) => found !== undefined);
      return column === undefined ? '' : (cells[column] ?? '');
    },
  }));
}
