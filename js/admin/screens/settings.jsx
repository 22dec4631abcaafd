import { SearchControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { boot } from '../boot.mjs';
import { number } from '../format.mjs';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { Link } from '../parts/link.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { ConnectionSettings } from '../settings/connection.jsx';
import { found } from '../settings/draft.mjs';
import { Field, valueWords } from '../settings/field.jsx';
import { groups, helpOf, labelOf, valueName } from '../settings/labels.mjs';
import { Portable } from '../settings/portable.jsx';
import { StockFormula } from '../settings/stock-formula.jsx';
import { useSettings } from '../settings/use-settings.mjs';

/** Settings whose change is seen in the preview before anything is written (H7). */
const SHOWS_PREVIEW = /^(branches|order_branch|regular_book|sale_book|match_key|policies\.|selection\.)/;

/** Everything that is searched: names, help, values, the numbers of the requirement. */
const searched = (field) => [
  labelOf(field.name), helpOf(field.name), field.name, field.numbers, ...field.values.map((value) => valueName(field.name, value)),
].join(' ');

export function SettingsScreen({ status, reload, filters }) {
  const form = useSettings();
  const [search, setSearch] = useState('');
  if (form.settings === undefined) {
    return form.error ? <Trouble error={form.error} retry={form.reload} /> : <Waiting />;
  }
  const known = groups().filter(([id]) => form.settings.fields.some(({ group }) => group === id));
  const pages = [...known, ...(boot.canConnect ? [['connection', __('Connection', 'dongbo')]] : []), ['portable', __('Export and import', 'dongbo')]];
  const page = pages.some(([id]) => id === filters.group) ? filters.group : pages[0][0];
  const shown = search === '' ? form.settings.fields.filter(({ group }) => group === page) : found(form.settings.fields, search, searched);
  const changes = Object.keys(form.draft);
  return (
    <div className="dongbo-settings">
      <div className="dongbo-settings__side">
        <SearchControl __nextHasNoMarginBottom label={__('Search settings', 'dongbo')} placeholder={__('Search settings', 'dongbo')} value={search} onChange={setSearch} />
        <nav aria-label={__('Settings', 'dongbo')}>
          <ul>{pages.map(([id, name]) => (
            <li key={id}><Link to="settings" filters={{ group: id }} aria-current={search === '' && id === page ? 'page' : undefined}>{name}</Link></li>
          ))}</ul>
        </nav>
      </div>
      <div className="dongbo-settings__main">
        {search === '' && <h2>{pages.find(([id]) => id === page)[1]}</h2>}
        {search !== '' && (
          <p role="status">
            {/* translators: %s: how many settings. */}
            {sprintf(_n('%s setting found', '%s settings found', shown.length, 'dongbo'), number(shown.length))}
          </p>
        )}
        {search === '' && page === 'connection' && <ConnectionSettings status={status} reload={reload} />}
        {search === '' && page === 'portable' && <Portable done={form.reload} />}
        {search === '' && page === 'stock' && <StockFormula form={form} />}
        {search !== '' && shown.length === 0 && <Empty title={__('No setting is called that.', 'dongbo')} />}
        {shown.map((field) => <Field key={field.name} {...form.bind(field)} />)}
      </div>
      {changes.length > 0 && (
        <div className="dongbo-savebar" role="region" aria-label={__('Unsaved changes', 'dongbo')}>
          <ul>
            {changes.map((name) => {
              const field = form.settings.fields.find((one) => one.name === name);
              const bound = form.bind(field);
              return <li key={name}>{labelOf(name)}: <strong>{valueWords(field, bound.value, bound.choices)}</strong></li>;
            })}
          </ul>
          {changes.some((name) => SHOWS_PREVIEW.test(name)) && (
            <p className="description">{__('Takes effect from the next run: prices and stock are planned anew, sent orders stay. After saving, the preview shows what will change.', 'dongbo')}</p>
          )}
          <div className="dongbo-actions">
            <Button variant="primary" isBusy={form.busy !== ''} disabled={form.busy !== ''} onClick={() => form.save()}>{__('Save', 'dongbo')}</Button>
            <Button variant="tertiary" onClick={form.reset}>{__('Discard', 'dongbo')}</Button>
          </div>
        </div>
      )}
    </div>
  );
}
