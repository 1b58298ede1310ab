// ---- Evidence for words that are selected in an answer ----
const offer = document.createElement('button');
offer.type = 'button';
offer.id = 'offer-evidence';
offer.textContent = 'Find evidence';
offer.hidden = true;
body.append(offer);
let selected = null;
// The words alone: markers and what is only read out are left out.
function wordsOf(range) {
  const copy = range.cloneContents();
  for (const extra of copy.querySelectorAll('.cite, .source, .aside')) extra.remove();
  return copy.textContent.trim();
}
function offerEvidence() {
  const selection = document.getSelection();
  const range = selection && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const place = range?.commonAncestorContainer;
  const sentences = (place?.nodeType === Node.ELEMENT_NODE ? place : place?.parentElement)?.closest('#chat .sentences');
  const words = sentences ? wordsOf(range) : '';
  offer.hidden = words.length < 2 || words.length > 1000;
  if (offer.hidden) { selected = null; return; }
  selected = { words, exchange: sentences.closest('.answer').id.replace(/^.*answer-/, '') };
  const boxes = range.getClientRects();
  const box = boxes[boxes.length - 1];
  offer.style.left = `${Math.min(Math.max(8, box.right - 60), window.innerWidth - offer.offsetWidth - 8)}px`;
  offer.style.top = `${Math.min(box.bottom + 8, window.innerHeight - offer.offsetHeight - 8)}px`;
}
document.addEventListener('selectionchange', () => setTimeout(offerEvidence, 10));
document.addEventListener('scroll', () => { if (!offer.hidden) offerEvidence(); }, { capture: true, passive: true });
// A press on the button must not take the selection away before the click.
offer.addEventListener('pointerdown', (event) => event.preventDefault());
onClick('#offer-evidence', () => {
  const words = selected;
  if (words) openSource(() => trigger('evidence', words));
  document.getSelection().removeAllRanges();
});
onClick('#chat .find-evidence', (element) => {
  lastLink = element;
  const words = selected?.exchange === element.value ? selected : { exchange: element.value, words: '' };
  openSource(() => trigger('evidence', words));
});
function findWords() {
  const words = byId('evidence-words').value.trim();
  openSource(() => trigger('evidence', { words }));
}
onClick('#find-words', findWords);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && event.target.id === 'evidence-words') { event.preventDefault(); findWords(); }
});
