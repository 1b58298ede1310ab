// ---- Conversations ----
onClick('#new-conversation', () => choices.add(() => trigger('new_conversation', {})));
onClick('.open-conversation', ({ dataset: { conversation } }) => {
  choices.add(() => trigger('open_conversation', { conversation }));
});
onClick('.delete-conversation', (element) => confirmed(element, () => {
  const { conversation } = element.dataset;
  choices.add(() => trigger('delete_conversation', { conversation }));
}));

// The title becomes a field: Enter keeps what is typed, Esc and leaving the field do not.
onClick('.rename-conversation', (button) => {
  const item = button.closest('.conversation-item');
  const opener = item.querySelector('.open-conversation');
  if (item.querySelector('.new-title')) return;
  const field = document.createElement('input');
  field.className = 'new-title';
  field.maxLength = 200;
  field.value = item.querySelector('.item-title').textContent;
  field.setAttribute('aria-label', 'New title of the conversation');
  let isOpen = true;
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    field.remove();
    opener.hidden = false;
  };
  field.addEventListener('blur', close);
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    // Else the key would also press the button that the focus goes back to, and so open the conversation.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Enter' && field.value.trim()) {
      // The list stays narrowed to what is searched for.
      const words = byId('search-conversations').value;
      trigger('rename_conversation', { conversation: button.dataset.conversation, title: field.value, words });
      say('Renamed.');
    }
    if (event.key === 'Enter' || event.key === 'Escape') { close(); opener.focus(); }
  });
  opener.hidden = true;
  item.prepend(field);
  field.select();
});

let searching = 0;
document.addEventListener('input', (event) => {
  if (event.target.id !== 'search-conversations') return;
  clearTimeout(searching);
  searching = setTimeout(() => trigger('search_conversations', { words: event.target.value }), 250);
});
// A conversation that is opened or goes on brings the whole list back; the field says what the list shows.
observe('#history', (list) => {
  const field = byId('search-conversations');
  if (field && field !== document.activeElement) field.value = list.querySelector('[data-searched]')?.dataset.searched ?? '';
});
