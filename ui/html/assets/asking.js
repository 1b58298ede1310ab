// ---- Asking ----
function isBusy() { return Boolean(document.querySelector('#chat .working')); }
async function copyText(button, text) {
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
onClick('#chat .suggestion', (element) => { if (!isBusy()) trigger('ask', { question: element.value }); });
// Several libraries can be open at once; the address of the page names the one that this answer is of.
onClick('#chat .export a', (link) => { link.search = location.search; });
onClick('#chat .retry', (element) => { if (!isBusy()) trigger('retry', { exchange: element.value }); });
onClick('#chat .alone', (button) => {
  const asked = document.querySelector(`#chat .asked[id$="question-${CSS.escape(button.value)}"]`);
  if (asked && !isBusy()) trigger('revise', { exchange: button.value, question: asked.querySelector('.t').textContent, alone: true });
});
onClick('#chat .copy', (element) => copyText(element, element.closest('.actions')?.querySelector('.clipboard')?.textContent ?? ''));
onClick('#chat .copy-link', (element) => copyText(element, answerAddress(element.value)));

// ---- Editing a question where it stands ----
function editor(exchange, text, isLast, close) {
  const box = document.createElement('div');
  box.className = 'editor';
  const field = document.createElement('textarea');
  field.value = text;
  field.rows = 2;
  field.dir = 'auto';
  field.setAttribute('aria-label', 'Edited question');
  const note = document.createElement('p');
  note.textContent = isLast ? 'The answer below is replaced.'
    : 'The conversation goes on from here. As it was, it stays in the list of conversations.';
  const ask = document.createElement('button');
  ask.className = 'quiet ask-instead';
  ask.textContent = 'Ask this instead';
  const cancel = document.createElement('button');
  cancel.className = 'quiet';
  cancel.textContent = 'Cancel';
  const send = () => {
    if (!field.value.trim() || isBusy()) return;
    trigger('revise', { exchange, question: field.value });
    close();
    byId('question').querySelector('textarea').focus();
  };
  ask.addEventListener('click', send);
  cancel.addEventListener('click', close);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { event.stopPropagation(); close(); }
    if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); send(); }
  });
  box.append(field, note, ask, cancel);
  return box;
}
onClick('#chat .edit', (button) => {
  const exchange = button.value.replace(/^\w+-/, '');
  const asked = document.querySelector(`#chat .asked[id$="question-${CSS.escape(exchange)}"]`);
  if (!asked || isBusy() || asked.nextElementSibling?.matches('.editor')) return;
  const source = button.value.startsWith('understood-') ? button.closest('.understood') : asked;
  const all = document.querySelectorAll('#chat .asked');
  const close = () => { box.remove(); asked.hidden = false; if (button.isConnected) button.focus(); };
  const box = editor(exchange, source.querySelector('.t').textContent, asked === all[all.length - 1], close);
  asked.hidden = true;
  asked.after(box);
  box.querySelector('textarea').focus();
  box.scrollIntoView({ block: 'nearest' });
});

// ---- The last question stays in view while its answer grows, until the reader moves ----
let following = null;
for (const moved of ['wheel', 'touchmove', 'mousedown']) {
  document.addEventListener(moved, (event) => { if (event.target.closest?.('#chat')) following = null; }, { passive: true });
}
function followQuestion() {
  const all = document.querySelectorAll('#chat .asked');
  const last = all[all.length - 1];
  if (last && last.id !== followQuestion.seen) following = last.id;
  followQuestion.seen = last?.id;
  if (last && following === last.id) last.scrollIntoView({ block: 'start' });
}

// ---- An answer that a link names, as soon as its conversation is shown ----
let sought = namedAnswer();
window.addEventListener('hashchange', () => { sought = namedAnswer(); showAddressed(); });
function showAddressed() {
  const answer = sought && document.querySelector(`#chat .answer[id$="answer-${sought}"]`);
  if (!answer) return;
  sought = following = null;
  document.querySelector('#chat .addressed')?.classList.remove('addressed');
  answer.classList.add('addressed');
  answer.tabIndex = -1;
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: 'start' });
}

let wasBusy = false;
observe('#chat', (chat) => {
  // Gradio labels each message with its markup, which a screen reader would read out tag by tag.
  for (const message of chat.querySelectorAll('[data-testid][aria-label]')) message.removeAttribute('aria-label');
  followQuestion();
  showAddressed();
  const busy = isBusy();
  body.classList.toggle('busy', busy);
  if (wasBusy && !busy) {
    const answers = document.querySelectorAll('#chat .answer');
    const last = answers[answers.length - 1];
    const verdict = last?.querySelector('.verdict')?.textContent ?? '';
    const checked = last?.querySelector('.checked')?.textContent ?? '';
    say(`Answer ready. ${verdict} ${checked}`);
    following = null;
  }
  wasBusy = busy;
});
