// Keeps what a page shows of a run under way up to date, in its place. Without it the page is opened again by hand.
'use strict';
(() => {
  const EVERY = 1000;
  const SELDOM = 30000;

  const part = (page, name) => page.querySelector(`[data-part="${name}"]`);
  const work = () => part(document, 'work');

  async function fetched(address) {
    const answer = await fetch(address, { redirect: 'error', cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  }

  // Numbers change where they stand, so that nothing moves, and nobody who reads or tabs is thrown out.
  function renumber(shown, fresh) {
    const text = fresh.querySelector('[role=status]').textContent;
    const status = shown.querySelector('[role=status]');
    if (status.textContent !== text) status.textContent = text;
    const bar = fresh.querySelector('progress');
    shown.querySelector('progress').max = bar.max;
    shown.querySelector('progress').value = bar.value;
  }

  // The run is over: what it came to stands in the other parts of the page.
  async function end() {
    const page = await fetched(location.pathname);
    for (const shown of document.querySelectorAll('[data-part]')) {
      const fresh = part(page, shown.dataset.part);
      const focused = shown.contains(document.activeElement);
      shown.replaceWith(fresh);
      if (focused) fresh.querySelector('button, a')?.focus();
    }
  }

  async function look(pause) {
    let next = EVERY;
    try {
      if (!document.hidden) {
        const fresh = part(await fetched(work().dataset.live), 'work');
        if (!fresh.dataset.live) await end(); else renumber(work(), fresh);
      }
    } catch {
      work().querySelector('[role=status]').textContent = work().dataset.lost;
      next = Math.min(pause * 2, SELDOM);
    }
    if (work().dataset.live) setTimeout(() => look(next), next);
  }

  setTimeout(() => look(EVERY), EVERY);
})();
