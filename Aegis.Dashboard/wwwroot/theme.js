// The theme follows the system until somebody chooses one. A choice lives in a cookie, which the server reads for the next page.
// This runs before anything is drawn and needs no connection to the server, so that the first click counts.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');

  function apply() {
    const choice = /(?:^|; )aegis-theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
    const theme = choice ?? (system.matches ? 'dark' : 'light');
    if (root.dataset.theme !== theme) {
      root.dataset.theme = theme;
    }
    root.toggleAttribute('data-theme-chosen', choice !== undefined);
  }

  apply();
  system.addEventListener('change', apply);
  // Another tab may have changed the choice.
  document.addEventListener('visibilitychange', apply);
  addEventListener('pageshow', apply);
  // A page that is loaded in the background takes the place of this one, with the attributes that the server knew.
  new MutationObserver(apply).observe(root, { attributeFilter: ['data-theme', 'data-theme-chosen'] });
  document.addEventListener('click', event => {
    const choice = event.target.closest?.('[data-choose-theme]')?.dataset.chooseTheme;
    if (choice) {
      document.cookie = `aegis-theme=${choice}; path=/; samesite=lax; max-age=${choice === 'system' ? 0 : 31536000}`;
      apply();
    }
  });
})();
