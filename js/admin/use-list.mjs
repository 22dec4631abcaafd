// A page of a list with its filters; the filters stand in the address, so that a list can be linked to,
// loaded anew and come back to.
import { useEffect, useRef, useState } from '@wordpress/element';
import { list } from './rest.mjs';
import { keep, remember } from './route.mjs';
import { useResource } from './use-resource.mjs';

const PER_PAGE = 20;

/** WordPress's own `page` is the screen: the page of a list is called `paged`, as everywhere in wp-admin. */
const read = ({ paged, ...filters }, defaults) => ({ ...defaults, ...filters, page: Math.max(1, Number(paged) || 1) });

/** @param {string} path @param {Record<string, string>} given filters of the address @param {Record<string, string>} defaults */
export function useList(path, given, defaults = {}) {
  const [filters, setFilters] = useState(() => read(given, defaults));
  const [chosen, setChosen] = useState(new Set());
  const first = useRef(true);
  useEffect(() => {
    remember(given);
    // The back button, or a link to the same list: another address is another list.
    if (!first.current) {
      setChosen(new Set());
      setFilters(read(given, defaults));
    }
    first.current = false;
  }, [given]); // eslint-disable-line -- a new address is a new object
  const resource = useResource(() => list(path, { per_page: PER_PAGE, ...filters }), [path, JSON.stringify(filters)]);
  const change = (more) => {
    const { page, ...others } = { ...filters, page: 1, ...more };
    setChosen(new Set());
    setFilters({ ...others, page });
    keep(page > 1 ? { ...others, paged: page } : others);
  };
  const pages = resource.data?.pages ?? 1;
  useEffect(() => {
    // The rows of the last page were dealt with: what is left stands on the page before.
    if (resource.data && !resource.loading && !resource.error && filters.page > Math.max(1, pages)) change({ page: Math.max(1, pages) });
  }, [resource.loading, pages]); // eslint-disable-line -- `change` is made anew with every answer
  return {
    ...resource,
    rows: resource.data?.rows,
    filters,
    change,
    chosen,
    setChosen,
    /** For {@link Pager}. */
    pager: { page: filters.page, pages, total: resource.data?.total ?? 0, onPage: (page) => change({ page }) },
  };
}
