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
onClick('#toggle-library', () => showLibrary(!body.classList.contains('library-open')));
onClick('#close-source', () => showSource(false));

// ---- Dark and light ----
const remembered = localStorage.getItem('parley-theme');
if (remembered) body.classList.toggle('dark', remembered === 'dark');
function toggleDark() {
  const dark = body.classList.toggle('dark');
  localStorage.setItem('parley-theme', dark ? 'dark' : 'light');
}
onClick('#toggle-dark', toggleDark);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (!card.hidden) hideCard();
    else if (body.classList.contains('source-open')) showSource(false);
    else if (narrow.matches) showLibrary(false);
  }
});
