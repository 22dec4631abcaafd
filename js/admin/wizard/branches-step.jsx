import { __ } from '@wordpress/i18n';
import { StepForm } from './step-form.jsx';

/** Whose stock counts and where orders go: asked for, never guessed (A4). */
export function BranchesStep({ next }) {
  const ready = ({ value }) => {
    if (value('branches').length === 0) return __('Choose at least one branch whose stock counts.', 'dongbo');
    return value('order_branch') ? null : __('Choose the branch web orders go to.', 'dongbo');
  };
  return <StepForm names={['branches', 'order_branch', 'count_reserved', 'safety_buffer']} ready={ready} next={next} />;
}
