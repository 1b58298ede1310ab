// ---- Keys: "?" tells them; they can be turned off, since some people speak to their computer or strike keys unawares ----
const keys = {
  '/': ['Go to the question', () => byId('question')?.querySelector('textarea')?.focus()],
  n: ['New conversation', () => byId('new-conversation')?.click()],
  l: ['Show or hide documents and conversations', () => byId('toggle-library')?.click()],
  d: ['Dark or light', toggleDark],
  '?': ['Show these keys', () => showKeys()],
};
const helper = document.createElement('dialog');
helper.id = 'keys';
helper.setAttribute('aria-labelledby', 'keys-title');
const keyRows = Object.entries(keys).map(([key, [told]]) => [key, told]);
keyRows.push(['Enter', 'Ask'], ['Shift Enter', 'New line in the question'], ['Esc', 'Close what is open']);
helper.innerHTML = '<h2 id="keys-title">Keys</h2><dl></dl><p><label><input type="checkbox" id="use-keys"> '
  + 'Single keys act outside of text fields</label></p><p><button type="button" class="quiet" id="close-keys">Close</button></p>';
for (const [key, told] of keyRows) {
  const name = document.createElement('dt');
  const meaning = document.createElement('dd');
  name.append(Object.assign(document.createElement('kbd'), { textContent: key }));
  meaning.textContent = told;
  helper.querySelector('dl').append(name, meaning);
}
body.append(helper);
const usesKeys = () => localStorage.getItem('parley_keys') !== 'off';
function showKeys() {
  byId('use-keys').checked = usesKeys();
  if (!helper.open) helper.showModal();
}
byId('use-keys').addEventListener('change', (event) => localStorage.setItem('parley_keys', event.target.checked ? 'on' : 'off'));
onClick('#show-keys', showKeys);
onClick('#close-keys', () => helper.close());
// A box to tick takes no letters. One in a dialog just closed may still hold the focus until the page is next drawn.
const typedInto = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"]';
document.addEventListener('keydown', (event) => {
  const isTyping = event.target.closest?.(typedInto);
  if (isTyping || helper.open || event.ctrlKey || event.metaKey || event.altKey || !usesKeys() || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key][1]();
});
