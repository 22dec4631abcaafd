// Words for what a plan does.
import { __ } from '@wordpress/i18n';

export const operationName = (kind) => ({
  create: __('Create', 'dongbo'),
  update: __('Update', 'dongbo'),
  link: __('Link', 'dongbo'),
  convert: __('Restructure', 'dongbo'),
  release: __('Make room for an SKU', 'dongbo'),
  unlink: __('End the link', 'dongbo'),
  review: __('Needs a decision', 'dongbo'),
  skip: __('Skip', 'dongbo'),
}[kind] ?? kind);

export const kindTone = (kind) => ({
  create: 'good', update: 'work', link: 'good', convert: 'work', release: 'work', unlink: 'warn', review: 'warn', skip: 'off',
}[kind] ?? 'off');
