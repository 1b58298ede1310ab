// ---- What people say of an answer ----
const judging = document.createElement('dialog');
judging.id = 'feedback';
judging.setAttribute('aria-labelledby', 'feedback-title');
// Nothing in it comes from documents or questions.
judging.innerHTML = `
  <form method="dialog"><h2 id="feedback-title">What do you say of this answer?</h2>
  <fieldset><legend class="aside">Verdict</legend>
  <label><input type="radio" name="verdict" value="right"> Right</label>
  <label><input type="radio" name="verdict" value="wrong_source"> Wrong source</label>
  <label><input type="radio" name="verdict" value="wrong_speaker"> Wrong speaker</label>
  <label><input type="radio" name="verdict" value="not_supported"> Not supported by its source</label>
  <label><input type="radio" name="verdict" value="should_have_answered"> Should have answered</label></fieldset>
  <label class="note">Note, if you like <textarea maxlength="2000" rows="3"></textarea></label>
  <p class="feedback-hint">Kept with this conversation on this server, and deleted with it.</p>
  <div class="feedback-buttons"><button type="button" value="keep">Keep</button>
  <button type="button" value="withdraw" class="quiet">Take back</button>
  <button type="button" value="cancel" class="quiet">Cancel</button></div></form>`;
body.append(judging);
let judged = '';
onClick('#chat .judge', (button) => {
  judged = button.value;
  const given = button.closest('.answer')?.querySelector('.judged');
  for (const choice of judging.querySelectorAll('[name=verdict]')) {
    choice.checked = Boolean(given?.classList.contains(`judged-${choice.value}`));
  }
  judging.querySelector('textarea').value = given?.querySelector('.judged-note .t')?.textContent ?? '';
  judging.querySelector('[value=withdraw]').hidden = !given;
  judging.showModal();
});
judging.addEventListener('keydown', (event) => event.stopPropagation());
judging.addEventListener('click', (event) => {
  const action = event.target.closest('button')?.value;
  if (!action) return;
  const verdict = judging.querySelector('[name=verdict]:checked')?.value ?? '';
  const note = judging.querySelector('textarea').value;
  if (action === 'keep' && !verdict) { judging.querySelector('[name=verdict]').focus(); return; }
  judging.close();
  if (action === 'cancel') return;
  trigger('feedback', { exchange: judged, verdict: action === 'keep' ? verdict : '', note });
  say(action === 'keep' ? 'Your feedback is kept.' : 'Your feedback is taken back.');
});
