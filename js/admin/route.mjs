// Which screen is shown: `admin.php?page=dongbo&screen=goods&state=failed`, so that every list can be linked to.
import { useEffect, useState } from '@wordpress/element';
import { boot } from './boot.mjs';

const CHANGED = 'dongbo-route';

/** Screen and filters of an address. */
export function parse(search) {
  const { screen = '', page, ...filters } = Object.fromEntries(new URLSearchParams(search));
  return { screen, filters };
}

/** The address of a screen. */
export function address(screen, filters = {}) {
  const parts = new URLSearchParams({ ...(screen === '' ? {} : { screen }), ...filters });
  const text = parts.toString();
  return text === '' ? boot.page : `${boot.page}&${text}`;
}

/** Goes there without loading the page anew. */
export function go(screen, filters = {}) {
  window.history.pushState(null, '', address(screen, filters));
  window.dispatchEvent(new Event(CHANGED));
  window.scrollTo(0, 0);
}

const kept = new Map();

/** Remembers with which filters the list of this screen is shown. */
export const remember = (filters) => { kept.set(parse(window.location.search).screen, filters); };

/** Writes a list's filters into the address, without a step of the back button for each. */
export function keep(filters) {
  const set = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined && value !== ''));
  remember(set);
  window.history.replaceState(null, '', address(parse(window.location.search).screen, set));
}

/** The filters a list was last left with. */
export const lastFilters = (screen) => kept.get(screen) ?? {};

/** Where we are; follows the browser's back button. */
export function useRoute() {
  const [route, setRoute] = useState(() => parse(window.location.search));
  useEffect(() => {
    const follow = () => setRoute(parse(window.location.search));
    window.addEventListener('popstate', follow);
    window.addEventListener(CHANGED, follow);
    return () => {
      window.removeEventListener('popstate', follow);
      window.removeEventListener(CHANGED, follow);
    };
  }, []);
  return route;
}
