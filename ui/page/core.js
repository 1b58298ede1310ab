// The page's script: the files named in ui/theme.py, joined in that order. It runs once, when the hidden bridge component is on
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

// ---- A question waits for what was chosen before it ----
// It reaches the server by another queue, and would else be asked in the conversation or of the documents chosen before.
let choices = 0;
const questions = [];
function choosing() { choices += 1; }
window.parley = {
  chosen() {
    choices = Math.max(0, choices - 1);
    if (!choices) questions.splice(0).forEach((ask) => ask());
  },
  settled: () => new Promise((ask) => { if (choices) questions.push(ask); else ask(); }),
};
