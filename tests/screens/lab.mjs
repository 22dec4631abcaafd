// The shop the screens are looked at on: SCREENS_WOOCOMMERCE (default the stand-in), without pictures of users from elsewhere.
import { startShop } from '../harness/shop.mjs';

export const woocommerce = process.env.SCREENS_WOOCOMMERCE ?? 'stand-in';

export async function shopForScreens() {
  const shop = await startShop({ woocommerce, wordpress: process.env.SCREENS_WORDPRESS });
  await shop.php("update_option('show_avatars', 0); update_option('woocommerce_currency', 'VND');");
  return shop;
}

/** The language of the administrator; WordPress's own words stay English without its language pack. */
export const speak = (shop, locale) => shop.php(`update_user_meta(1, 'locale', '${locale}'); update_option('dongbo_wizard', '');`);
