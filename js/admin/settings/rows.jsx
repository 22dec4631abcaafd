import { CheckboxControl, SelectControl, TextControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { columnName, labelOf, valueName } from './labels.mjs';

const empty = (columns) => Object.fromEntries(columns.map(({ name, kind, values }) => [name, kind === 'flag' ? false : kind === 'number' ? 0 : values[0] ?? '']));

/** A table among the settings: which of ours stands for which of theirs. */
export function Rows({ label, help, field, value, choices, onChange }) {
  const put = (at, name, cell) => onChange(value.map((row, index) => (index === at ? { ...row, [name]: cell } : row)));
  return (
    <fieldset className="dongbo-rows">
      <legend>{label}</legend>
      {value.map((row, at) => (
        <div key={at} className="dongbo-rows__row" role="group" aria-label={sprintf(/* translators: 1: a table, 2: number of the row. */ __('%1$s, row %2$d', 'dongbo'), labelOf(field.name), at + 1)}>
          {field.columns.map((column) => <Cell key={column.name} setting={field.name} column={column} value={row[column.name]} choices={choices[column.list] ?? []} onChange={(cell) => put(at, column.name, cell)} />)}
          <Button variant="tertiary" isDestructive onClick={() => onChange(value.filter((_, index) => index !== at))}>{__('Remove', 'dongbo')}</Button>
        </div>
      ))}
      <Button variant="secondary" onClick={() => onChange([...value, empty(field.columns)])}>{__('Add a row', 'dongbo')}</Button>
      <p className="description">{help}</p>
    </fieldset>
  );
}

function Cell({ setting, column, value, choices, onChange }) {
  const common = { label: columnName(setting, column.name), __nextHasNoMarginBottom: true };
  if (column.kind === 'flag') return <CheckboxControl {...common} checked={Boolean(value)} onChange={onChange} />;
  if (column.kind === 'choice') {
    return <SelectControl {...common} __next40pxDefaultSize value={value} onChange={onChange} options={column.values.map((one) => ({ value: one, label: valueName(setting, one) }))} />;
  }
  if (column.kind === 'id' && choices.length > 0) {
    return <SelectControl {...common} __next40pxDefaultSize value={value ?? ''} onChange={onChange} options={[{ value: '', label: __('— choose —', 'dongbo') }, ...choices.map(({ id, name }) => ({ value: String(id), label: name }))]} />;
  }
  return column.kind === 'number'
    ? <TextControl {...common} __next40pxDefaultSize type="number" value={String(value ?? '')} onChange={(text) => onChange(Number(text))} />
    : <TextControl {...common} __next40pxDefaultSize value={String(value ?? '')} onChange={onChange} />;
}
