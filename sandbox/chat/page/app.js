import { createChat } from './chat.js';
import { askFor } from './dialogs.js';
import { element } from './element.js';
import { addPerson, loadPeople } from './people.js';

const CHATS = [createChat('telegram', 'Telegram'), createChat('max', 'MAX')];
const select = document.querySelector('#person');
const tabs = [...document.querySelectorAll('[role=tab]')];
let people = loadPeople();

document.querySelector('.chats').append(...CHATS.map(({ root }) => root));

function showPeople(chosen) {
  select.replaceChildren(...people.map(({ id, name }) => element('option', { value: id }, name)));
  select.value = chosen;
  be();
}

function be() {
  const person = people.find(({ id }) => String(id) === select.value);
  location.hash = `person=${person.id}`;
  for (const chat of CHATS) chat.be(person);
}

/** On a phone one chat at a time. */
function choose(tab) {
  for (const one of tabs) {
    const isChosen = one === tab;
    one.setAttribute('aria-selected', String(isChosen));
    one.tabIndex = isChosen ? 0 : -1;
    document.getElementById(one.getAttribute('aria-controls')).classList.toggle('chosen', isChosen);
  }
}

for (const [place, tab] of tabs.entries()) {
  tab.addEventListener('click', () => choose(tab));
  tab.addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = tabs[(place + 1) % tabs.length];
    choose(next);
    next.focus();
  });
}
select.addEventListener('change', be);
document.querySelector('#new-person').addEventListener('click', async () => {
  const asked = await askFor('#person-dialog');
  if (asked === null || asked.name.trim() === '') return;
  const { all, person } = addPerson(people, { name: asked.name.trim(), language: asked.language });
  people = all;
  showPeople(person.id);
});

choose(tabs[0]);
const asked = /person=(\d+)/.exec(location.hash)?.[1];
showPeople(people.some(({ id }) => String(id) === asked) ? asked : people[0].id);
