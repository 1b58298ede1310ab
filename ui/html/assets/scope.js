// ---- Asking only a part of the library: documents ticked in their list; outlets, dates and parties in the panel ----
const scope = { documents: new Set(), outlets: new Set(), parties: new Set(), dossiers: new Set(), since: '', until: '' };
function sendScope() {
  choices.add(() => trigger('scope', {
    documents: [...scope.documents], outlets: [...scope.outlets], parties: [...scope.parties],
    dossiers: [...scope.dossiers],    since: scope.since, until: scope.until,
  }));
}
function include(names, name, wanted) {
  if (wanted) names.add(name);
  else names.delete(name);
  sendScope();
}
// The list is made anew when a document comes or goes; what was chosen stays chosen.
function showChosen() {
  for (const box of document.querySelectorAll('.choose-document')) box.checked = scope.documents.has(box.dataset.document);
}
function showScopePanel(open) {
  body.classList.toggle('scope-open', open);
  byId('open-scope')?.setAttribute('aria-expanded', String(open));
  wantsScopeFocus = open;
  if (open) trigger('scope_panel', {});
  else byId('open-scope')?.focus();
}
// The panel stands before the button that opens it, where the Tab key would not come next.
let wantsScopeFocus = false;
observe('#scope-panel', (panel) => {
  const field = panel.querySelector('input');
  if (!field || !wantsScopeFocus || !body.classList.contains('scope-open')) return;
  wantsScopeFocus = false;
  requestAnimationFrame(() => field.focus());
});
onClick('.choose-document', (box) => include(scope.documents, box.dataset.document, box.checked));
onClick('.scope-choice', (box) => include(scope[box.dataset.part], box.value, box.checked));
onClick('#open-scope', () => showScopePanel(!body.classList.contains('scope-open')));
onClick('#close-scope', () => showScopePanel(false));
onClick('#clear-scope', () => {
  for (const part of ['documents', 'outlets', 'parties', 'dossiers']) scope[part].clear();
  scope.since = '';
  scope.until = '';
  showChosen();
  for (const box of document.querySelectorAll('.scope-choice')) box.checked = false;
  for (const day of document.querySelectorAll('.scope-day')) day.value = '';
  sendScope();
});
document.addEventListener('change', (event) => {
  if (event.target.matches?.('.scope-day')) {
    scope[event.target.dataset.part] = event.target.value;
    sendScope();
  }
});
observe('#scope', () => byId('open-scope')?.setAttribute('aria-expanded', String(body.classList.contains('scope-open'))));
observe('#library', () => {
  const boxes = [...document.querySelectorAll('.choose-document')];
  const gone = [...scope.documents].filter((name) => !boxes.some((box) => box.dataset.document === name));
  if (boxes.length && gone.length) {
    for (const name of gone) scope.documents.delete(name);
    sendScope();
  }
  showChosen();
});
