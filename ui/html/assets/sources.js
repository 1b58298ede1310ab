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

// ---- Opening a source ----
// The pane opens with what was clicked last, unless it has been closed while that was on its way.
let awaitsSource = false;
const openings = inTurn((isThere) => { if (isThere && awaitsSource) showSource(true); });
function openSource(send) {
  awaitsSource = true;
  openings.addLatest(send);
}
window.parley.opened = (isThere) => openings.answered(isThere);
onClick('a[href^="#cite-"], a[href^="#near-"]', (element, event) => {
  event.preventDefault();
  if (element.closest('#chat')) lastLink = element;
  hideCard();
  const link = element.getAttribute('href').slice(1);
  openSource(() => trigger('cite', { link }));
});
onClick('.open-place', (element) => {
  const place = { ...element.dataset };
  openSource(() => trigger('open_place', place));
});
onClick('.open-document', (element) => {
  lastLink = element;
  const { document } = element.dataset;
  openSource(() => trigger('open_document', { document }));
});
