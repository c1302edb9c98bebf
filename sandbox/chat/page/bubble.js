import { fromHtml, fromText } from './bot-html.js';
import { nearest } from './cities.js';
import { element } from './element.js';

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** One message with its buttons; `act` is asked to press, `locate` to choose a place. */
export function bubble(entry, { language, fileUrl, press, locate, say }) {
  const { from, kind, silent, at, edits } = entry;
  const meta = [edits > 0 ? 'edited' : null, silent ? 'silent' : null, time.format(at)].filter(Boolean).join(' · ');
  const body = element(
    'div',
    { class: `bubble ${kind}`, lang: from === 'bot' ? language : null },
    ...content(entry, fileUrl),
  );
  body.append(element('span', { class: 'meta' }, meta));
  const made = element('article', { class: `message ${from}`, 'data-id': entry.id, 'aria-label': label(entry) }, body);
  const rows = entry.keyboard.map((row) =>
    element('div', { class: 'row' }, ...row.map((button) => keyOf(button, { entry, press, locate, say }))),
  );
  if (rows.length > 0) made.append(element('div', { class: 'keyboard' }, ...rows));
  return made;
}

const label = ({ from }) => (from === 'bot' ? 'Bot' : 'You');

function content(entry, fileUrl) {
  const said = entry.html === null ? fromText(entry.text) : fromHtml(entry.html);
  const text = entry.text === '' ? [] : [element('div', { class: 'text' }, ...said)];
  const { file, location } = entry;
  if (entry.kind === 'picture' && file !== null) {
    const url = fileUrl(file.path);
    const picture = element('img', { src: url, alt: entry.text === '' ? 'Picture' : entry.text, loading: 'lazy' });
    return [element('a', { href: url, target: '_blank', class: 'picture' }, picture), ...text];
  }
  if (entry.kind === 'file' && file !== null) {
    const link = element('a', { href: fileUrl(file.path), download: file.name, class: 'document' });
    link.append(
      element('span', { class: 'file-name' }, file.name),
      element('span', { class: 'file-size' }, size(file.bytes)),
    );
    return [link, ...text];
  }
  if (location !== null) {
    const { latitude, longitude } = location;
    const where = `${latitude.toFixed(3)}, ${longitude.toFixed(3)}`;
    return [
      element('div', { class: 'place' }, element('b', {}, nearest(latitude, longitude)), element('span', {}, where)),
    ];
  }
  return entry.kind === 'sticker' ? [element('div', { class: 'text' }, 'Sticker')] : text;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

function keyOf({ text, kind, data }, { entry, press, locate, say }) {
  if (kind === 'link')
    return element('a', { class: 'key', href: data, target: '_blank', rel: 'noreferrer' }, `${text} ↗`);
  const does = {
    press: () => press(entry.id, data),
    location: locate,
    text: () => say(text),
  }[kind];
  return element('button', { class: 'key', type: 'button', disabled: does === undefined, onclick: does }, text);
}
