import { Button as WordPressButton } from '@wordpress/components';

/**
 * WordPress's button that keeps the keyboard's place: while its work goes on it does nothing, and says
 * so, but stays where the focus is. A button that is switched off altogether sends the focus to the page's top.
 */
export const Button = ({ accessibleWhenDisabled = true, ...given }) => (
  // WordPress 6.5 knows it by the second name only; newer ones take both.
  <WordPressButton accessibleWhenDisabled={accessibleWhenDisabled} __experimentalIsFocusable={accessibleWhenDisabled} {...given} />
);
