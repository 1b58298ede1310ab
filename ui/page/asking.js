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
onClick('#chat .suggestion', (element) => { if (!isBusy()) trigger('ask', { question: element.value }); });
onClick('#chat .retry', (element) => { if (!isBusy()) trigger('retry', { exchange: element.value }); });
onClick('#chat .copy', (element) => copyText(element));
onClick('#chat .edit', (element) => {
  const source = element.value.startsWith('understood-')
    ? element.closest('.understood')?.querySelector('.t')
    : document.querySelector(`#chat [id$="${CSS.escape(element.value)}"] .t`);
  if (source) fillQuestion(source.textContent);
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
