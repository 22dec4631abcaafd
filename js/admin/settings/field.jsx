import { CheckboxControl, SelectControl, TextControl, ToggleControl } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { date, number } from '../format.mjs';
import { quantityOf, quantityText } from './draft.mjs';
import { Link } from '../parts/link.jsx';
import { helpOf, labelOf, unsetName, valueName } from './labels.mjs';
import { Rows } from './rows.jsx';
import { dayOf, isInstant, startOf } from './instant.mjs';

/** How many boxes stand open; longer lists scroll in a box of their own. */
const LONG = 8;

/** Marks of a price book or branch that matter when choosing it (C1). */
function choiceName({ name, active, start, end, groups, sellers, now }) {
  const marks = [
    active === false && __('closed', 'dongbo'),
    /* translators: %s: a date. */
    start && start > now && sprintf(__('from %s', 'dongbo'), date(start, { style: { dateStyle: 'short' } })),
    end && end < now && __('over', 'dongbo'),
    groups && __('for customer groups', 'dongbo'),
    sellers && __('for sellers', 'dongbo'),
  ].filter(Boolean);
  return marks.length === 0 ? name : `${name} (${marks.join(', ')})`;
}

/** Lists are read often, a clock need not be exact: an hour decides nothing here. */
const optionsOf = (choices) => choices.map((choice) => ({ value: String(choice.id), label: choiceName({ ...choice, now: Date.now() }) }));

/** A default in words. */
export function valueWords(field, value, choices) {
  if (field.kind === 'flag') return value ? __('on', 'dongbo') : __('off', 'dongbo');
  if (isInstant(field)) return value ? date(value, { style: { dateStyle: 'short' } }) : __('none', 'dongbo');
  if (field.kind === 'quantity') return quantityText(value);
  if (field.kind === 'choice' || field.kind === 'policy') return valueName(field.name, value);
  const named = (id) => choices.find((choice) => String(choice.id) === String(id))?.name ?? String(id);
  if (Array.isArray(value)) return value.length === 0 ? __('none', 'dongbo') : value.map((one) => (typeof one === 'object' ? '…' : named(one))).join(', ');
  if (value === null || value === undefined || value === '') return field.kind === 'id' ? unsetName(field.name) : __('none', 'dongbo');
  if (field.kind === 'number') return number(value);
  return field.kind === 'id' ? named(value) : String(value);
}

/**
 * One setting, as its kind asks: nothing here decides what is allowed, the rules said it.
 *
 * @param {{field: import('../rest').SettingField, value: unknown, fallback: unknown, choices: any[], trouble?: import('../rest').Said, onChange: (value: unknown) => void}} given
 */
export function Field({ field, value, fallback, choices, trouble, onChange, showDefault = true }) {
  const hints = [
    helpOf(field.name),
    /* translators: %s: a value. */
    showDefault && sprintf(__('Default: %s', 'dongbo'), valueWords(field, fallback, choices)),
  ].filter(Boolean).join(' ');
  const common = { label: labelOf(field.name), help: hints, __nextHasNoMarginBottom: true };
  return (
    <div className={`dongbo-field${trouble ? ' has-trouble' : ''}`} data-setting={field.name}>
      {control(field, value, choices, common, onChange)}
      {trouble && <p className="dongbo-field__trouble" role="alert">{trouble.sentence} {trouble.remedy}</p>}
    </div>
  );
}

function control(field, value, choices, common, onChange) {
  if (isInstant(field)) {
    return <TextControl {...common} __next40pxDefaultSize type="date" value={dayOf(value)} onChange={(day) => onChange(startOf(day))} />;
  }
  switch (field.kind) {
    case 'flag':
      return <ToggleControl {...common} checked={Boolean(value)} onChange={onChange} />;
    case 'number':
      return (
        <TextControl {...common} __next40pxDefaultSize type="number" min={field.min ?? undefined} max={field.max ?? undefined}
          value={String(value ?? '')} onChange={(text) => onChange(text === '' ? null : Number(text))} />
      );
    case 'quantity':
      return <TextControl {...common} __next40pxDefaultSize type="number" min={0} step="any" value={quantityText(value)} onChange={(text) => onChange(quantityOf(text))} />;
    case 'choice':
    case 'policy':
      return (
        <SelectControl {...common} __next40pxDefaultSize value={value} onChange={onChange}
          options={field.values.map((one) => ({ value: one, label: valueName(field.name, one) }))} />
      );
    case 'rows':
      return <Rows {...common} field={field} value={value ?? []} choices={choices} onChange={onChange} />;
    case 'id':
      // What the POS never told cannot be chosen from a list; its id can be typed.
      return choices.length === 0 && !LISTED.has(field.list) ? (
        <TextControl {...common} __next40pxDefaultSize value={value ?? ''} onChange={(id) => onChange(id === '' ? null : id)} />
      ) : (
        <SelectControl {...common} __next40pxDefaultSize value={value ?? ''} onChange={(id) => onChange(id === '' ? null : id)}
          options={[{ value: '', label: unsetName(field.name) }, ...optionsOf(choices), ...unknown(value, choices)]} />
      );
    case 'ids':
      if (field.list === 'goods') return <Chosen {...common} count={value?.length ?? 0} />;
      return <Boxes {...common} value={value ?? []} choices={choices} onChange={onChange} />;
    default:
      return <TextControl {...common} __next40pxDefaultSize value={String(value ?? '')} onChange={onChange} />;
  }
}

/** Lists that are read with the connection or stand in the shop. */
const LISTED = new Set(['branches', 'books', 'categories', 'roles', 'order_statuses', 'payment_methods', 'channels', 'sellers', 'accounts', 'groups']);

/** Thousands of goods are chosen on their own screen. */
function Chosen({ label, help, count }) {
  return (
    <div>
      <strong>{label}</strong>: {number(count)} · <Link to="goods">{__('Goods', 'dongbo')}</Link>
      <p className="description">{help}</p>
    </div>
  );
}

/** A chosen id that is in no list any more stays visible, or it would be lost on saving. */
const unknown = (value, choices) => (value && !choices.some(({ id }) => String(id) === String(value)) ? [{ value, label: String(value) }] : []);

function Boxes({ label, help, value, choices, onChange }) {
  const gone = value.filter((id) => !choices.some((choice) => String(choice.id) === String(id)));
  const options = [...optionsOf(choices), ...gone.map((id) => ({ value: String(id), label: String(id) }))];
  return (
    <fieldset className={`dongbo-boxes${options.length > LONG ? ' is-long' : ''}`}>
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <CheckboxControl key={option.value} __nextHasNoMarginBottom label={option.label} checked={value.includes(option.value)}
            onChange={(on) => onChange(on ? [...value, option.value] : value.filter((one) => one !== option.value))} />
        ))}
        {options.length === 0 && <p>{__('Nothing to choose from yet.', 'dongbo')}</p>}
      </div>
      <p className="description">{help}</p>
    </fieldset>
  );
}
