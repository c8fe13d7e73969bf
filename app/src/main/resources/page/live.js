// Keeps what a page shows of runs up to date, in its place. Without it the page is opened again by hand.
'use strict';
(() => {
  const WORKING = 1000;
  const IDLE = 5000;
  const SELDOM = 30000;

  const part = (page, name) => page.querySelector(`[data-part="${name}"]`);
  const work = () => part(document, 'work');
  const status = section => section.querySelector('[role=status]');
  const pause = () => status(work()) ? WORKING : IDLE;
  let over = false;

  async function fetched(address) {
    const answer = await fetch(address, { redirect: 'error', cache: 'no-store' });
    // Whoever may not look any more is not knocked for again and again.
    over = answer.status === 401 || answer.status === 403;
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  }

  // Numbers change where they stand, so that nothing moves, and nobody who reads or tabs is thrown out.
  function renumber(shown, fresh) {
    const text = status(fresh).textContent;
    if (status(shown).textContent !== text) status(shown).textContent = text;
    const bar = fresh.querySelector('progress');
    shown.querySelector('progress').max = bar.max;
    shown.querySelector('progress').value = bar.value;
  }

  // A run began or is over: what it came to stands in the other parts of the page. What is as it was is left as it is.
  async function turn() {
    const page = await fetched(location.pathname);
    for (const shown of document.querySelectorAll('[data-part]')) {
      const fresh = part(page, shown.dataset.part);
      if (shown.isEqualNode(fresh)) continue;
      const focused = shown.contains(document.activeElement);
      shown.replaceWith(fresh);
      if (focused) fresh.querySelector('button, a')?.focus();
    }
  }

  async function look(tried) {
    let next = tried;
    try {
      if (!document.hidden) {
        const fresh = part(await fetched(work().dataset.live), 'work');
        if (fresh.dataset.state !== work().dataset.state) await turn();
        else if (status(fresh)) renumber(work(), fresh);
      }
      next = pause();
    } catch {
      // Of a run nobody should think that it stands still; of none there is nothing to say.
      const shown = status(work());
      if (shown) shown.textContent = over ? work().dataset.out : work().dataset.lost;
      next = Math.min(tried * 2, SELDOM);
    }
    if (!over) setTimeout(() => look(next), next);
  }

  setTimeout(() => look(pause()), pause());
})();
