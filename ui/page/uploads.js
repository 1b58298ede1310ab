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
