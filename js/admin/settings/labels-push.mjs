// The settings for goods on their way to KiotViet in words.
import { __ } from '@wordpress/i18n';

export const pushLabels = () => ({
  'push.goods': [__('Goods to KiotViet', 'dongbo'), __('What you send from the Goods screen, and edits of fields the website decides. Stock is never sent.', 'dongbo')],
  'push.new_goods': [__('New products go to KiotViet by themselves', 'dongbo'), __('As soon as they are published.', 'dongbo')],
  'push.categories': [__('Categories to KiotViet', 'dongbo'), __('New ones, renames and moves. KiotViet has three levels; deeper categories stay on the website only. What both sides changed waits for you.', 'dongbo')],
  'push.delete_categories': [__('Delete categories in KiotViet too', 'dongbo'), __('One that you delete on the website, when no good and no category is in it there.', 'dongbo')],
  'push.category': [__('Category of goods that are sent', 'dongbo'), __('KiotViet has three levels; deeper categories count as the third.', 'dongbo')],
  'push.category_id': [__('Category of products whose own is not in KiotViet', 'dongbo'), ''],
  'push.cost': [__('Cost price of goods that are sent', 'dongbo'), ''],
  'push.opening_stock': [__('Start with the website’s stock', 'dongbo'), __('In the branch of web orders, once, when the good is made. Otherwise KiotViet starts with 0 and the website keeps its number until KiotViet’s changes.', 'dongbo')],
  'push.images': [__('Send images', 'dongbo'), __('As addresses, where the public can reach them.', 'dongbo')],
});

export const pushValues = () => ({
  'push.category=create': __('The product’s own; made in KiotViet where it is missing', 'dongbo'),
  'push.category=chosen': __('The product’s own where KiotViet has it, else the one below', 'dongbo'),
  'push.cost=none': __('None', 'dongbo'),
  'push.cost=cogs': __('WooCommerce’s cost of goods sold', 'dongbo'),
  'push.cost=price': __('The regular price', 'dongbo'),
});
