// ---- Adding files and folders ----
let uploadBox = null;
const waiting = [];
const MOST_UNFINISHED = 6;
const tally = { all: 0, added: 0, refused: 0, unfinished: 0 };
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
  return { line, state, bar, name };
}
const STATES = {
  waiting: 'Waiting', reading: 'Reading', indexing: 'Indexing', added: 'Added', updated: 'Replaced the earlier version',
  unchanged: 'Already there', refused: 'Not added', asked: 'There is a document of this name',
};
// Another text under a known name is a question: nobody's document is replaced unasked.
function askAbout(batch, entry) {
  const choices = document.createElement('span');
  choices.className = 'upload-choices';
  for (const [choice, label] of [['replace', 'Replace it'], ['keep_both', 'Keep both'], ['cancel', 'Do not add']]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'quiet';
    button.textContent = label;
    button.setAttribute('aria-label', `${label}: ${entry.name}`);
    button.addEventListener('click', async () => {
      choices.remove();
      tally.unfinished += 1;
      const url = address(`parley/upload/${batch.id}/0`);
      url.searchParams.set('choice', choice);
      const response = await fetch(url, { method: 'POST' }).catch(() => null);
      if (response?.ok) { follow(await response.json(), entry); return; }
      finish(entry, 'The server could not be reached. Add the file again.');
    });
    choices.append(button);
  }
  entry.line.append(choices);
  // What waits for an answer holds up nothing else.
  tally.unfinished -= 1;
  sendNext();
  say(`There is a document named ${entry.name} already. Replace it, keep both, or do not add.`);
}
function showState(entry, state, reason) {
  entry.line.className = `is-${state}`;
  entry.state.textContent = reason ? `${STATES[state]}: ${reason}` : STATES[state] ?? state;
  const finished = ['added', 'updated', 'unchanged', 'refused'].includes(state);
  entry.bar.hidden = finished || state === 'waiting' || state === 'asked';
  if (!finished) { entry.bar.removeAttribute('value'); return; }
  if (state === 'refused') tally.refused += 1;
  else { tally.added += 1; setTimeout(() => entry.line.remove(), 8000); }
  showTally();
}
// One line for all files together, where there are several.
function showTally() {
  const done = tally.added + tally.refused;
  const refused = tally.refused ? `, ${tally.refused} not added` : '';
  byId('upload-total').textContent = tally.all > 1 ? `${done} of ${tally.all} files done${refused}` : '';
  if (done === tally.all) tally.all = tally.added = tally.refused = 0;
}
// `files` are pairs of a file and its name, which for a file of a folder begins with the folders it lies in.
function addFiles(files) {
  const allowed = uploadBox.dataset.suffixes.split(',');
  const most = Number(uploadBox.dataset.fileBytes);
  tally.all += files.length;
  for (const [file, name] of files) {
    const suffix = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.')).toLowerCase() : '';
    if (!allowed.includes(suffix)) showState(uploadLine(name), 'refused', `Files of this type cannot be read. Save it as one of ${allowed.join(' ')} and add that.`);
    else if (file.size > most) showState(uploadLine(name), 'refused', `The file is larger than ${Math.floor(most / 1048576)} MB. Split it, or add its text alone.`);
    else waiting.push([file, name]);
  }
  showTally();
  sendNext();
}
function sendNext() {
  if (sending || !waiting.length || tally.unfinished >= MOST_UNFINISHED) return;
  sending = true;
  tally.unfinished += 1;
  const [file, name] = waiting.shift();
  const entry = uploadLine(name);
  const form = new FormData();
  form.append('files', file, name);
  const request = new XMLHttpRequest();
  request.open('POST', address('parley/upload'));
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
    else finish(entry, answer?.error ?? 'The server could not be reached. Try again.');
    sendNext();
  });
  request.send(form);
}
async function follow(batch, entry) {
  for (;;) {
    const file = batch.files[0];
    showState(entry, file.state, file.reason);
    if (batch.finished) { finish(entry); return; }
    if (file.state === 'asked') { askAbout(batch, entry); return; }
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const response = await fetch(address(`parley/upload/${batch.id}`)).catch(() => null);
    if (!response?.ok) { finish(entry, 'The server does not know how far it is. Add the file again if it is not in the list.'); return; }
    batch = await response.json();
  }
}
function finish(entry, reason) {
  tally.unfinished -= 1;
  if (reason) showState(entry, 'refused', reason);
  say(`${entry.name}: ${entry.state.textContent}`);
  // A list made anew after every file of a large folder would only flicker.
  if (waiting.length < 2 || tally.added % 10 === 0) trigger('library_changed', {});
  sendNext();
}

// ---- Choosing and dropping ----
const isHidden = (path) => path.split('/').some((part) => part.startsWith('.'));
function readAll(reader) {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}
async function filesBelow(entry, into) {
  if (isHidden(entry.name)) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => { entry.file(resolve, reject); });
    into.push([file, entry.fullPath.replace(/^\//, '')]);
    return;
  }
  const reader = entry.createReader();
  for (let found = await readAll(reader); found.length; found = await readAll(reader)) {
    for (const inner of found) await filesBelow(inner, into);
  }
}
async function addDropped(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.());
  const files = [...transfer.files].map((file) => [file, file.name]);
  if (!entries.some((entry) => entry?.isDirectory)) { addFiles(files); return; }
  const found = [];
  for (const entry of entries) if (entry) await filesBelow(entry, found);
  addFiles(found);
}
// What was sent before the page was loaded anew, or before the server was started again.
async function followEarlier() {
  const response = await fetch(address('parley/uploads')).catch(() => null);
  if (!response?.ok) return;
  for (const batch of (await response.json()).uploads) {
    if (batch.files.length !== 1) continue;
    tally.all += 1;
    tally.unfinished += 1;
    follow(batch, uploadLine(batch.files[0].name));
  }
}
whenThere('.upload', (box) => {
  uploadBox = box;
  followEarlier();
  const chosenFiles = (input, name) => {
    addFiles([...input.files].map((file) => [file, name(file)]).filter(([, path]) => !isHidden(path)));
    input.value = '';
  };
  byId('upload-input').addEventListener('change', (event) => chosenFiles(event.target, (file) => file.name));
  byId('upload-folder').addEventListener('change', (event) => chosenFiles(event.target, (file) => file.webkitRelativePath || file.name));
  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, (event) => {
      if (![...(event.dataTransfer?.types ?? [])].includes('Files')) return;
      event.preventDefault();
      body.classList.toggle('dropping', name === 'dragover');
      if (name === 'drop') { showLibrary(true); addDropped(event.dataTransfer); }
    });
  }
});
