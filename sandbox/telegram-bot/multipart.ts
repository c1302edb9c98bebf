/** A file of a multipart body. */
export class Upload {
  readonly bytes: Buffer;
  readonly name: string;
  constructor(bytes: Buffer, name = '') {
    this.bytes = bytes;
    this.name = name;
  }
}

const BLANK_LINE = Buffer.from('\r\n\r\n');

/** The parts of a multipart body by their names: text, or a file. @throws Error when it has no boundary or a part no name */
export function readMultipart(body: Buffer, contentType: string): Record<string, string | Upload> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error('multipart without a boundary');
  const parts: Record<string, string | Upload> = {};
  const line = Buffer.from(`\r\n--${boundary}`);
  // The first boundary has no line before it.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  let start = whole.indexOf(line);
  for (;;) {
    const end = whole.indexOf(line, start + line.length);
    if (start === -1 || end === -1) return parts;
    const part = whole.subarray(start + line.length + 2, end);
    const head = part.subarray(0, part.indexOf(BLANK_LINE)).toString();
    const content = part.subarray(part.indexOf(BLANK_LINE) + BLANK_LINE.length);
    const name = /content-disposition:[^\r\n]*\sname="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) throw new Error('a part without a name');
    const filename = /;\s*filename="([^"]*)"/i.exec(head)?.[1];
    parts[name] = filename === undefined ? content.toString() : new Upload(Buffer.from(content), filename);
    start = end;
  }
}
