// ---- Documents and conversations ----
function confirmed(button, action) {
  if (button.classList.contains('sure')) { action(); return; }
  button.classList.add('sure');
  button.textContent = 'Delete?';
  setTimeout(() => { button.classList.remove('sure'); button.textContent = '×'; }, 3000);
}
onClick('#new-conversation', () => trigger('new_conversation', {}));
onClick('.open-conversation', (element) => trigger('open_conversation', { conversation: element.dataset.conversation }));
onClick('.delete-conversation', (element) =>
  confirmed(element, () => trigger('delete_conversation', { conversation: element.dataset.conversation })));
onClick('.remove-document', (element) => trigger('remove_document', { document: element.dataset.document }));
onClick('.undo', (element) => trigger('undo', { token: element.dataset.undo }));
