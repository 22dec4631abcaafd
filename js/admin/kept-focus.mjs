// A row that is dealt with leaves its list, and takes the button that was pressed with it: the keyboard
// goes on at the row that took its place, not at the top of the page.

/** Watches the page from now on. */
export function keepFocus() {
  let last;
  let row = 0;
  document.addEventListener('focusin', ({ target }) => {
    last = target;
    row = Math.max(0, (target.closest('tr')?.sectionRowIndex ?? 0));
  });
  new MutationObserver(() => {
    // Whatever WordPress does itself, as after a dialog, is done by now.
    if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    const rows = document.querySelectorAll('.dongbo-page .dongbo-table tbody tr');
    const place = rows[Math.min(row, rows.length - 1)]?.querySelector('button:not(:disabled), a[href], input:not(:disabled)');
    (place ?? document.querySelector('.dongbo-page h1'))?.focus({ preventScroll: true });
  }).observe(document.body, { childList: true, subtree: true });
}
