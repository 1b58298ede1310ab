// The page's script: the files named in ui/html/theme.py, joined in that order. It runs once, when the hidden bridge component is on
// the page. `trigger(name, data)` sends an event to Python; Gradio finds the names of the events by reading the script.

const byId = (id) => document.getElementById(id);
const body = document.body;

// ---- Announcements for screen readers ----
const announcer = document.createElement('div');
announcer.className = 'aside';
announcer.setAttribute('role', 'status');
announcer.setAttribute('aria-live', 'polite');
body.append(announcer);
function say(text) { announcer.textContent = ''; setTimeout(() => { announcer.textContent = text; }, 50); }

// ---- Clicks, by delegation, so that messages and lists that come later work as well ----
const clicks = [];
function onClick(selector, action) { clicks.push([selector, action]); }
document.addEventListener('click', (event) => {
  for (const [selector, action] of clicks) {
    const element = event.target.closest?.(selector);
    if (element) { action(element, event); return; }
  }
});

// ---- What happens when Python has answered ----
// The parts of the page are loaded independently of each other, so one may not be there yet.
function whenThere(selector, action) {
  const element = document.querySelector(selector);
  if (element) action(element);
  else setTimeout(() => whenThere(selector, action), 50);
}
function observe(selector, action) {
  whenThere(selector, (target) => {
    new MutationObserver(() => action(target)).observe(target, { childList: true, subtree: true, characterData: true });
    action(target);
  });
}

// ---- Clicks in turn ----
// Requests go by connections of their own, and a later one may overtake. So the next is sent when the one before has been answered,
// well or with an error, and what was clicked last is also what is shown last.
function inTurn(afterwards) {
  const waiting = [];
  let isBusy = false;
  const next = (result) => {
    const send = waiting.shift();
    isBusy = Boolean(send);
    if (send) send();
    else afterwards(result);
  };
  return {
    add(send) { waiting.push(send); if (!isBusy) next(); },
    // What waits is for nothing once this has been clicked.
    addLatest(send) { waiting.splice(0); this.add(send); },
    answered: next,
    isBusy: () => isBusy,
  };
}

// What is asked: in which conversation, of which documents. A question waits for what was chosen before it: it reaches the server by
// another queue. The first choice is the page's own, of the conversation that it loads.
const questions = [];
const choices = inTurn(() => { questions.splice(0).forEach((ask) => ask()); });
choices.add(() => {});
window.parley = {
  chosen: () => choices.answered(),
  settled: () => new Promise((ask) => { if (choices.isBusy()) questions.push(ask); else ask(); }),
};
