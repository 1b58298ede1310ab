// ---- An address for each conversation: Back goes to the one before, and a link opens its own for those who may see it ----
const addressed = () => new URLSearchParams(location.search).get('conversation') ?? '';
// The conversation that a page is opened with is no new step.
let isArrival = true;
// The one that was gone back to, until the list shows it: a list that was on its way shows the one that was left.
let awaited = null;
observe('#history', (list) => {
  // A list that is not there yet, or is narrowed to what is searched for, does not tell which conversation is open.
  if (!list.querySelector('.conversations, .panel-empty') || list.querySelector('[data-searched]')?.dataset.searched) return;
  const shown = list.querySelector('.open-conversation[aria-current]')?.dataset.conversation ?? '';
  if (awaited !== null && shown !== awaited) return;
  awaited = null;
  const before = addressed();
  if (shown !== before) {
    const address = new URL(location);
    if (shown) address.searchParams.set('conversation', shown);
    else address.searchParams.delete('conversation');
    // An answer is one of the conversation that was shown before.
    address.hash = '';
    // A new conversation gets its address with its first question; that is the same step.
    if (isArrival || !before) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
  }
  isArrival = false;
});
window.addEventListener('popstate', () => {
  const conversation = addressed();
  awaited = conversation;
  choices.add(() => (conversation ? trigger('open_conversation', { conversation }) : trigger('new_conversation', {})));
});
// Whoever chooses meanwhile does not wait for it any more; it may have been deleted.
document.addEventListener('click', (event) => {
  if (event.target.closest?.('#new-conversation, .open-conversation, .delete-conversation')) awaited = null;
}, { capture: true });

// ---- An address for each answer: its conversation's, and its number behind "#" ----
function namedAnswer() { return location.hash.match(/^#answer-(\d+)$/)?.[1] ?? null; }
function answerAddress(exchange) {
  const address = new URL(location.pathname, location.origin);
  const here = new URLSearchParams(location.search);
  // Nothing else of the page's own address, in which there may be a token.
  for (const name of ['library', 'conversation']) if (here.get(name)) address.searchParams.set(name, here.get(name));
  address.hash = `answer-${exchange}`;
  return address.href;
}
