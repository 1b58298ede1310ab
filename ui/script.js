// Runs once, when the hidden bridge component is on the page. `trigger(name, data)` sends an event to Python.
// Names of the events, as Gradio looks for them: trigger('ask'), trigger('retry'), trigger('cite'), trigger('open_document'),
// trigger('remove_document'), trigger('undo'), trigger('library_changed'), trigger('new_conversation'),
// trigger('open_conversation'), trigger('delete_conversation'), trigger('scope')

const byId = (id) => document.getElementById(id);
const body = document.body;

// ---- Panes ----
const narrow = window.matchMedia('(max-width: 1099px)');
function showLibrary(open) {
  body.classList.toggle('library-open', open);
  byId('toggle-library')?.setAttribute('aria-expanded', String(open));
}
let lastLink = null;
function showSource(open) {
  body.classList.toggle('source-open', open);
  if (open && narrow.matches) showLibrary(false);
  if (!open && lastLink) { lastLink.focus(); lastLink = null; }
}
showLibrary(!narrow.matches);
narrow.addEventListener('change', () => showLibrary(!narrow.matches));

// ---- Dark and light ----
const remembered = localStorage.getItem('parley-theme');
if (remembered) body.classList.toggle('dark', remembered === 'dark');
function toggleDark() {
  const dark = body.classList.toggle('dark');
  localStorage.setItem('parley-theme', dark ? 'dark' : 'light');
}

// ---- The card beside a marker ----
const card = document.createElement('div');
card.id = 'hover-card';
card.setAttribute('role', 'tooltip');
card.hidden = true;
body.append(card);
function showCard(link) {
  const content = link.querySelector('.card');
  if (!content) return;
  card.replaceChildren(...[...content.childNodes].map((node) => node.cloneNode(true)));
  card.hidden = false;
  const place = link.getBoundingClientRect();
  const width = card.offsetWidth;
  const height = card.offsetHeight;
  const left = Math.min(Math.max(8, place.left - 24), window.innerWidth - width - 8);
  const below = place.bottom + 8;
  card.style.left = `${left}px`;
  card.style.top = `${below + height < window.innerHeight ? below : Math.max(8, place.top - height - 8)}px`;
}
function hideCard() { card.hidden = true; }
for (const [start, end] of [['mouseover', 'mouseout'], ['focusin', 'focusout']]) {
  document.addEventListener(start, (event) => {
    const link = event.target.closest?.('#chat a.cite');
    if (link) showCard(link);
  });
  document.addEventListener(end, (event) => {
    if (event.target.closest?.('#chat a.cite')) hideCard();
  });
}

// ---- Asking ----
function fillQuestion(text) {
  const field = document.querySelector('#question textarea');
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}
function isBusy() { return Boolean(document.querySelector('#chat .working')); }
async function copyText(button) {
  const text = button.closest('.actions')?.querySelector('.clipboard')?.textContent ?? '';
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Not allowed by the browser';
  }
  say(button.textContent);
  setTimeout(() => { button.textContent = label; }, 1600);
}

// ---- Asking only some documents ----
const chosen = new Set();
function choose(box) {
  if (box.checked) chosen.add(box.dataset.document);
  else chosen.delete(box.dataset.document);
  trigger('scope', { documents: [...chosen] });
}
// The list is made anew when a document comes or goes; what was chosen stays chosen.
function showChosen() {
  for (const box of document.querySelectorAll('.choose-document')) box.checked = chosen.has(box.dataset.document);
}

// ---- Announcements for screen readers ----
const announcer = document.createElement('div');
announcer.className = 'aside';
announcer.setAttribute('role', 'status');
announcer.setAttribute('aria-live', 'polite');
body.append(announcer);
function say(text) { announcer.textContent = ''; setTimeout(() => { announcer.textContent = text; }, 50); }

// ---- Clicks, by delegation, so that messages and lists that come later work as well ----
const clicks = [
  ['a[href^="#cite-"], a[href^="#near-"]', (element, event) => {
    event.preventDefault();
    if (element.closest('#chat')) lastLink = element;
    hideCard();
    trigger('cite', { link: element.getAttribute('href').slice(1) });
  }],
  ['#chat .suggestion', (element) => { if (!isBusy()) trigger('ask', { question: element.value }); }],
  ['#chat .retry', (element) => { if (!isBusy()) trigger('retry', { exchange: element.value }); }],
  ['#chat .copy', (element) => copyText(element)],
  ['#chat .edit', (element) => {
    const source = element.value.startsWith('understood-')
      ? element.closest('.understood')?.querySelector('.t')
      : document.querySelector(`#chat [id$="${CSS.escape(element.value)}"] .t`);
    if (source) fillQuestion(source.textContent);
  }],
  ['#toggle-library', () => showLibrary(!body.classList.contains('library-open'))],
  ['.choose-document', (element) => choose(element)],
  ['#clear-scope', () => { chosen.clear(); showChosen(); trigger('scope', { documents: [] }); }],
  ['#close-source', () => showSource(false)],
  ['#toggle-dark', toggleDark],
  ['#new-conversation', () => trigger('new_conversation', {})],
  ['.open-conversation', (element) => trigger('open_conversation', { conversation: element.dataset.conversation })],
  ['.delete-conversation', (element) => confirmed(element, () => trigger('delete_conversation', { conversation: element.dataset.conversation }))],
  ['.open-document', (element) => { lastLink = element; trigger('open_document', { document: element.dataset.document }); }],
  ['.remove-document', (element) => trigger('remove_document', { document: element.dataset.document })],
  ['.undo', (element) => trigger('undo', { token: element.dataset.undo })],
];
document.addEventListener('click', (event) => {
  for (const [selector, action] of clicks) {
    const element = event.target.closest?.(selector);
    if (element) { action(element, event); return; }
  }
});
function confirmed(button, action) {
  if (button.classList.contains('sure')) { action(); return; }
  button.classList.add('sure');
  button.textContent = 'Delete?';
  setTimeout(() => { button.classList.remove('sure'); button.textContent = '×'; }, 3000);
}
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (!card.hidden) hideCard();
    else if (body.classList.contains('source-open')) showSource(false);
    else if (narrow.matches) showLibrary(false);
  }
});

// ---- What happens when Python has answered ----
// The parts of the page are loaded independently of each other, so one may not be there yet.
function whenThere(selector, action) {
  const element = document.querySelector(selector);
  if (element) action(element);
  else setTimeout(() => whenThere(selector, action), 50);
}
function observe(selector, action) {
  whenThere(selector, (target) => {
    new MutationObserver(() => action(target)).observe(target, { childList: true, subtree: true, characterData: true });
    action(target);
  });
}
observe('#source', (pane) => {
  if (!pane.querySelector('.document')) return;
  showSource(true);
  const mark = pane.querySelector('mark.quote');
  requestAnimationFrame(() => {
    if (mark) mark.scrollIntoView({ block: 'center' });
    else byId('source-pane').scrollTop = 0;
    pane.querySelector('.document-title')?.focus({ preventScroll: true });
  });
});
observe('#library', () => {
  const boxes = [...document.querySelectorAll('.choose-document')];
  const gone = [...chosen].filter((name) => !boxes.some((box) => box.dataset.document === name));
  if (boxes.length && gone.length) {
    for (const name of gone) chosen.delete(name);
    trigger('scope', { documents: [...chosen] });
  }
  showChosen();
});
let wasBusy = false;
observe('#chat', (chat) => {
  // Gradio labels each message with its markup, which a screen reader would read out tag by tag.
  for (const message of chat.querySelectorAll('[data-testid][aria-label]')) message.removeAttribute('aria-label');
  const busy = isBusy();
  body.classList.toggle('busy', busy);
  if (wasBusy && !busy) {
    const answers = document.querySelectorAll('#chat .answer');
    const last = answers[answers.length - 1];
    const verdict = last?.querySelector('.verdict')?.textContent ?? '';
    const checked = last?.querySelector('.checked')?.textContent ?? '';
    say(`Answer ready. ${verdict} ${checked}`);
  }
  wasBusy = busy;
});

// ---- Adding files ----
let uploadBox = null;
const waiting = [];
let sending = false;
function uploadLine(name) {
  const line = document.createElement('li');
  const title = document.createElement('span');
  title.className = 'upload-name';
  title.textContent = name;
  const state = document.createElement('span');
  state.className = 'upload-state';
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', `Progress of ${name}`);
  const dismiss = document.createElement('button');
  dismiss.type = 'button';
  dismiss.className = 'dismiss';
  dismiss.textContent = '×';
  dismiss.setAttribute('aria-label', `Take ${name} off this list`);
  dismiss.addEventListener('click', () => line.remove());
  line.append(title, state, bar, dismiss);
  byId('upload-list').append(line);
  return { line, state, bar };
}
const STATES = {
  waiting: 'Waiting', reading: 'Reading', indexing: 'Indexing', added: 'Added', updated: 'Replaced the earlier version',
  unchanged: 'Already there', refused: 'Not added',
};
function showState(entry, state, reason) {
  entry.line.className = `is-${state}`;
  entry.state.textContent = reason ? `${STATES[state]}: ${reason}` : STATES[state] ?? state;
  const finished = ['added', 'updated', 'unchanged', 'refused'].includes(state);
  entry.bar.hidden = finished || state === 'waiting';
  if (!finished) entry.bar.removeAttribute('value');
  if (finished && state !== 'refused') setTimeout(() => entry.line.remove(), 8000);
}
function addFiles(files) {
  const allowed = uploadBox.dataset.suffixes.split(',');
  const most = Number(uploadBox.dataset.fileBytes);
  const count = Number(uploadBox.dataset.files);
  for (const [number, file] of [...files].entries()) {
    const entry = uploadLine(file.name);
    const suffix = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.')).toLowerCase() : '';
    if (number >= count) showState(entry, 'refused', `More than ${count} files at a time. Add it in the next turn.`);
    else if (!allowed.includes(suffix)) showState(entry, 'refused', `Files of this type cannot be read. Save it as one of ${allowed.join(' ')} and add that.`);
    else if (file.size > most) showState(entry, 'refused', `The file is larger than ${Math.floor(most / 1048576)} MB. Split it, or add its text alone.`);
    else { showState(entry, 'waiting', ''); waiting.push([file, entry]); }
  }
  sendNext();
}
function sendNext() {
  if (sending || !waiting.length) return;
  sending = true;
  const [file, entry] = waiting.shift();
  const form = new FormData();
  form.append('files', file, file.name);
  const request = new XMLHttpRequest();
  request.open('POST', new URL('parley/upload', document.baseURI));
  request.responseType = 'json';
  request.upload.addEventListener('progress', (event) => {
    entry.state.textContent = 'Sending';
    entry.bar.hidden = false;
    if (event.lengthComputable) entry.bar.value = event.loaded / event.total;
  });
  request.addEventListener('loadend', () => {
    sending = false;
    const answer = request.response;
    if (request.status === 202 && answer) follow(answer, entry);
    else showState(entry, 'refused', answer?.error ?? 'The server could not be reached. Try again.');
    sendNext();
  });
  request.send(form);
}
async function follow(batch, entry) {
  for (;;) {
    const file = batch.files[0];
    showState(entry, file.state, file.reason);
    if (batch.finished) break;
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const response = await fetch(new URL(`parley/upload/${batch.id}`, document.baseURI));
    if (!response.ok) { showState(entry, 'refused', 'The server has forgotten this upload. Add the file again.'); break; }
    batch = await response.json();
  }
  say(`${entry.line.querySelector('.upload-name').textContent}: ${entry.state.textContent}`);
  trigger('library_changed', {});
}
whenThere('.upload', (box) => {
  uploadBox = box;
  const input = byId('upload-input');
  input.addEventListener('change', () => { addFiles(input.files); input.value = ''; });
  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes('Files')) return;
      event.preventDefault();
      body.classList.toggle('dropping', name === 'dragover');
      if (name === 'drop') { showLibrary(true); addFiles(event.dataTransfer.files); }
    });
  }
});
