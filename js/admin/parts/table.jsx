import { CheckboxControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

/**
 * WordPress's own list table; on a phone each row becomes a card whose cells name their column.
 *
 * @param {{caption: string, columns: {key: string, name: string, cell: (row) => any, numeric?: boolean, main?: boolean}[],
 *   rows: any[], rowKey: (row) => string, rowName?: (row) => string, chosen?: Set<string>, choose?: (keys: Set<string>) => void}} given
 */
export function Table({ caption, columns, rows, rowKey, rowName, chosen, choose }) {
  const all = choose !== undefined && rows.length > 0 && rows.every((row) => chosen.has(rowKey(row)));
  const toggle = (keys, on) => {
    const next = new Set(chosen);
    keys.forEach((key) => (on ? next.add(key) : next.delete(key)));
    choose(next);
  };
  return (
    <table className="widefat striped dongbo-table">
      <caption className="screen-reader-text">{caption}</caption>
      <thead>
        <tr>
          {choose && (
            <td className="check-column dongbo-check">
              <CheckboxControl __nextHasNoMarginBottom checked={all} aria-label={__('Select this page', 'dongbo')}
                onChange={(on) => toggle(rows.map(rowKey), on)} />
            </td>
          )}
          {columns.map(({ key, name, numeric }) => <th key={key} scope="col" className={numeric ? 'is-number' : undefined}>{name}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {choose && (
              <td className="check-column dongbo-check">
                <CheckboxControl __nextHasNoMarginBottom checked={chosen.has(rowKey(row))} onChange={(on) => toggle([rowKey(row)], on)}
                  /* translators: %s: what the row is about. */
                  aria-label={sprintf(__('Select %s', 'dongbo'), rowName(row))} />
              </td>
            )}
            {columns.map(({ key, name, cell, numeric, main }) => {
              const Cell = main ? 'th' : 'td';
              return (
                <Cell key={key} scope={main ? 'row' : undefined} data-name={name}
                  className={[numeric && 'is-number', main && 'is-main'].filter(Boolean).join(' ') || undefined}>
                  {/* One child: on a phone the cell is a grid of its name and this. */}
                  {main ? cell(row) : <div>{cell(row)}</div>}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
