// A page of a list with its filters; the filters stand in the address, so that a list can be linked to.
import { useState } from '@wordpress/element';
import { list } from './rest.mjs';
import { useResource } from './use-resource.mjs';

const PER_PAGE = 20;

/** @param {string} path @param {Record<string, string>} start filters of the address */
export function useList(path, start, extra = {}) {
  const [filters, setFilters] = useState({ ...start, page: 1 });
  const [chosen, setChosen] = useState(new Set());
  const resource = useResource(() => list(path, { per_page: PER_PAGE, ...filters, ...extra }), [path, JSON.stringify(filters), JSON.stringify(extra)]);
  const change = (more) => {
    setChosen(new Set());
    setFilters((now) => ({ ...now, page: 1, ...more }));
  };
  return {
    ...resource,
    rows: resource.data?.rows,
    filters,
    change,
    chosen,
    setChosen,
    /** For {@link Pager}. */
    pager: { page: filters.page, pages: resource.data?.pages ?? 1, total: resource.data?.total ?? 0, onPage: (page) => change({ page }) },
  };
}
