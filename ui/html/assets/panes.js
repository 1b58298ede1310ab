// ---- Panes ----
const narrow = window.matchMedia('(max-width: 1099px)');
function showLibrary(open) {
  body.classList.toggle('library-open', open);
  byId('toggle-library')?.setAttribute('aria-expanded', String(open));
}
let lastLink = null;
function showSource(open) {
  body.classList.toggle('source-open', open);
  awaitsSource = false;
  if (open && narrow.matches) showLibrary(false);
  if (open) requestAnimationFrame(() => requestAnimationFrame(showPlace));
  else if (lastLink) { lastLink.focus(); lastLink = null; }
}
// Two frames later, when what Python answered has been drawn.
function showPlace() {
  const mark = document.querySelector('#source mark.quote, #source .near-sentence');
  if (mark) mark.scrollIntoView({ block: 'center' });
  else byId('source-pane').scrollTop = 0;
  focusTitle();
}
function focusTitle() { document.querySelector('#source .document-title')?.focus({ preventScroll: true }); }
// The form that was sent has been drawn anew, and with it went the focus.
window.parley.corrected = () => requestAnimationFrame(() => requestAnimationFrame(() => {
  if (document.activeElement === body) focusTitle();
}));
showLibrary(!narrow.matches);
narrow.addEventListener('change', () => showLibrary(!narrow.matches));
onClick('#toggle-library', () => showLibrary(!body.classList.contains('library-open')));
onClick('#close-source', () => showSource(false));

// ---- Dark and light ----
// The choice is left in a cookie, for the pages that have no script; without one they follow the system, as this page does.
const chosenScheme = document.cookie.match(/(?:^|; )parley_scheme=(dark|light)/)?.[1];
if (chosenScheme) body.classList.toggle('dark', chosenScheme === 'dark');
function toggleDark() {
  const dark = body.classList.toggle('dark');
  document.cookie = `parley_scheme=${dark ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=strict`;
}
onClick('#toggle-dark', toggleDark);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (!card.hidden) hideCard();
    else if (body.classList.contains('scope-open')) showScopePanel(false);
    else if (body.classList.contains('source-open')) showSource(false);
    else if (narrow.matches && body.classList.contains('library-open')) {
      showLibrary(false);
      byId('toggle-library').focus();
    }
  }
});
