// ---- Documents, and which library they are in ----
const library = new URLSearchParams(location.search).get('library') ?? '';
function address(path) {
  const url = new URL(path, document.baseURI);
  if (library) url.searchParams.set('library', library);
  return url;
}
// The views of this library, and not of the one that the server shows first.
if (library) whenThere('#masthead .masthead', (masthead) => {
  for (const link of masthead.querySelectorAll('a[href^="/"]')) {
    const way = link.getAttribute('href');
    link.href = way === '/' ? address('/') : `/libraries/${encodeURIComponent(library)}${way}`;
  }
});
// A button that must be pressed twice, since what it does cannot be taken back.
function confirmed(button, action) {
  if (button.classList.contains('sure')) { action(); return; }
  button.classList.add('sure');
  button.textContent = 'Delete?';
  setTimeout(() => { button.classList.remove('sure'); button.textContent = '×'; }, 3000);
}
onClick('.remove-document', (element) => trigger('remove_document', { document: element.dataset.document }));
onClick('.renew-statements', (element) => {
  element.disabled = true;
  element.textContent = 'Reading all documents again…';
  trigger('renew_statements', {});
});
onClick('.undo', (element) => trigger('undo', { token: element.dataset.undo }));

// ---- Correcting what is known about a document ----
document.addEventListener('submit', (event) => {
  const form = event.target.closest?.('.metadata-form');
  if (!form) return;
  event.preventDefault();
  const changes = {};
  for (const field of form.querySelectorAll('input[name]')) if (field.value !== field.defaultValue) changes[field.name] = field.value;
  if (Object.keys(changes).length) trigger('correct_document', { document: form.dataset.document, changes });
  else say('Nothing was changed.');
});
