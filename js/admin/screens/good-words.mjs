// Words for a good's state, what can be done with it, and who decides a field.
import { __ } from '@wordpress/i18n';

export const goodStates = () => ({
  linked: ['good', __('Linked', 'dongbo')],
  new: ['wait', __('New', 'dongbo')],
  'pos-only': ['off', __('Only in KiotViet', 'dongbo')],
  'site-only': ['off', __('Only on the website', 'dongbo')],
  paused: ['off', __('Paused', 'dongbo')],
  excluded: ['off', __('Excluded', 'dongbo')],
  ambiguous: ['warn', __('Ambiguous', 'dongbo')],
  failed: ['bad', __('Failed', 'dongbo')],
});

export const goodActionName = (action) => ({
  sync: __('Sync now', 'dongbo'),
  pause: __('Pause', 'dongbo'),
  resume: __('Resume', 'dongbo'),
  exclude: __('Exclude for good', 'dongbo'),
  include: __('Include again', 'dongbo'),
  link: __('Link…', 'dongbo'),
  unlink: __('End the link', 'dongbo'),
  'take-back': __('Create anew', 'dongbo'),
}[action]);

/** What makes sense for a good in this state. */
export function goodActions({ state, shop, pos }) {
  if (state === 'site-only') return [];
  if (state === 'excluded') return ['include'];
  const linked = shop !== null && pos !== null;
  const actions = [state === 'paused' ? 'resume' : 'sync'];
  if (state !== 'paused' && linked) actions.push('pause');
  actions.push('exclude', linked ? 'unlink' : 'link');
  if (state === 'failed' && !linked) actions.push('take-back');
  return actions;
}

export const policyName = (policy) => ({
  always: __('Always from KiotViet', 'dongbo'),
  'on-create': __('Only when created', 'dongbo'),
  never: __('Never', 'dongbo'),
  'site-owns': __('The website decides', 'dongbo'),
}[policy] ?? '');

/** Words of the tone of a decision. */
export const decisionTone = (decision) => ({
  'in-step': 'good', baseline: 'good', write: 'work', keep: 'off', push: 'work', drift: 'warn', review: 'warn', refused: 'bad', held: 'wait',
}[decision] ?? 'off');
