// ---- Asking only some documents ----
const chosen = new Set();
function choose(box) {
  if (box.checked) chosen.add(box.dataset.document);
  else chosen.delete(box.dataset.document);
  trigger('scope', { documents: [...chosen] });
}
// The list is made anew when a document comes or goes; what was chosen stays chosen.
function showChosen() {
  for (const box of document.querySelectorAll('.choose-document')) box.checked = chosen.has(box.dataset.document);
}
onClick('.choose-document', (element) => choose(element));
onClick('#clear-scope', () => { chosen.clear(); showChosen(); trigger('scope', { documents: [] }); });
observe('#library', () => {
  const boxes = [...document.querySelectorAll('.choose-document')];
  const gone = [...chosen].filter((name) => !boxes.some((box) => box.dataset.document === name));
  if (boxes.length && gone.length) {
    for (const name of gone) chosen.delete(name);
    trigger('scope', { documents: [...chosen] });
  }
  showChosen();
});
