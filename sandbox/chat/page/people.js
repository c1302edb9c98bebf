const KEY = 'people';
const FIRST = [
  { id: 555001, name: 'Анна', language: 'ru' },
  { id: 555002, name: 'Борис', language: 'ru' },
  { id: 555003, name: 'Emily', language: 'en' },
];

/** Whom one can be; kept in this browser. */
export function loadPeople() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return [...FIRST, ...kept];
  } catch {
    return FIRST;
  }
}

/** One more, with an id of its own. */
export function addPerson(people, { name, language }) {
  const person = { id: Math.max(...people.map(({ id }) => id)) + 1, name, language };
  const all = [...people, person];
  localStorage.setItem(KEY, JSON.stringify(all.slice(FIRST.length)));
  return { all, person };
}
