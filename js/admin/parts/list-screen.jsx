import { Trouble } from './trouble.jsx';
import { Pager } from './pager.jsx';
import { Waiting } from './waiting.jsx';

/** What every list has: filters above, rows or what their absence means, pages below. */
export function ListScreen({ source, filters, actions, empty, children }) {
  return (
    <div className="dongbo-list" aria-busy={source.loading}>
      <div className="dongbo-filters">{filters}</div>
      {actions}
      <Trouble error={source.error} retry={source.reload} />
      {source.rows === undefined && !source.error && <Waiting />}
      {source.rows?.length === 0 && empty}
      {source.rows?.length > 0 && children}
      {source.rows?.length > 0 && <Pager {...source.pager} />}
    </div>
  );
}
