<?php
// Sale prices, with and without dates; prices as texts of other forms.

declare(strict_types=1);

use Dongbo\Tests\Contract\Observation;

return static function (Observation $see): void {
    $id = $see->step('create', static function () {
        $product = new WC_Product_Simple();
        $product->set_name('Khăn lụa');
        $product->set_regular_price('200000');

        return $product->save();
    });
    $try = static function (string $step, array $prices, $from = null, $to = null) use ($see, $id): void {
        $see->step($step, static function () use ($id, $prices, $from, $to) {
            $product = wc_get_product($id);
            $product->set_regular_price($prices[0]);
            $product->set_sale_price($prices[1]);
            $product->set_date_on_sale_from($from);
            $product->set_date_on_sale_to($to);
            $product->save();
            $read = wc_get_product($id);

            return [$read->get_regular_price('edit'), $read->get_sale_price('edit'), $read->get_price('edit'), $read->is_on_sale(),
                (string) $read->get_date_on_sale_from('edit'), (string) $read->get_date_on_sale_to('edit')];
        });
    };
    $try('plain sale', ['200000', '150000']);
    $try('sale equal to regular', ['200000', '200000']);
    $try('sale above regular', ['200000', '250000']);
    $try('no sale', ['200000', '']);
    $try('in force', ['200000', '150000'], '2020-01-01', '2099-12-31');
    $try('over', ['200000', '150000'], '2020-01-01', '2020-02-01');
    $try('to come, as time stamps', ['200000', '150000'], 4070908800, 4071513599);
    $try('with a time and a zone', ['200000', '150000'], '2020-01-01T00:00:00+07:00', '2099-12-31T23:59:59+07:00');
    $try('dates cleared', ['200000', '150000'], '', '');
    $try('fractions', ['149000.50', '99000.005']);
    $try('comma', ['149000,5', '']);
    $try('zero', ['0', '']);
    $try('letters', ['abc', '']);
    $try('below 0', ['-5000', '']);
    $see->step('wc_format_decimal', static fn () => array_map('wc_format_decimal', ['149000', '149000.50', '149.000,5', '', 'abc', '1e3', ' 7 ', '-3.10', '.5']));
    $see->step('wc_format_decimal, places', static fn () => [wc_format_decimal('149000.555', 2), wc_format_decimal('10', 2), wc_format_decimal('10.500', false, true), wc_format_decimal('0.125', 2)]);
    $see->step('currency', static fn () => [get_woocommerce_currency(), wc_get_price_decimals()]);
};
