<?php
// page.php: prints the page every run works on, the same on any machine.
declare(strict_types=1);
$seed = 7;
$random = static function (int $below) use (&$seed): int {
    $seed = ($seed * 1103515245 + 12345) & 0x7fffffff;
    return ($seed >> 8) % $below;
};
$words = ['Áo', 'thun', 'cổ tròn', 'Bánh', 'gạo', 'sữa', 'tươi', 'Nước', 'mắm', 'Phú Quốc', 'xà phòng', 'hộp', 'lốc', 'màu', 'xanh'];
$goods = [];
$shop = [];
for ($i = 0; $i < 100; ++$i) {
    $name = '';
    for ($n = 3 + $random(4); $n > 0; --$n) {
        $name .= ($name === '' ? '' : ' ') . $words[$random(count($words))];
    }
    $base = 1000 * (10 + $random(900));
    $code = $i % 33 === 32 ? 'SP000010' : sprintf(' SP%06d', $i);
    $attributes = [];
    foreach (['Màu' => ['Đỏ', 'Xanh', 'Vàng'], 'Cỡ' => ['S', 'M', 'L', 'XL'], 'Chất liệu' => ['Cotton', 'Lụa']] as $key => $values) {
        if ($random(3) > 0) {
            $attributes[] = ['attributeName' => $key, 'attributeValue' => $values[$random(count($values))]];
        }
    }
    $inventories = [];
    for ($b = 1; $b <= 3; ++$b) {
        $inventories[] = ['branchId' => $b, 'branchName' => "Chi nhánh $b", 'onHand' => 1000 * $random(60), 'reserved' => 1000 * $random(5), 'minQuantity' => 0];
    }
    $book = $random(3) === 0 ? ['price' => $base - 1000 * $random(9), 'from' => 1700000000, 'to' => 1800000000 + $random(2)] : null;
    $goods[] = ['id' => 1000000 + $i * 7, 'code' => $code, 'name' => $name, 'fullName' => $name, 'isActive' => $random(20) > 0, 'basePrice' => $base,
        'categoryName' => 'Hàng tiêu dùng', 'book' => $book, 'inventories' => $inventories, 'attributes' => $attributes];
    if ($random(4) > 0) {
        $same = $random(2) === 0;
        sort($attributes);
        $text = '';
        foreach ($attributes as $attribute) {
            $text .= $attribute['attributeName'] . '=' . $attribute['attributeValue'] . ';';
        }
        $shop[] = ['sku' => trim($code), 'id' => 50 + $i, 'name' => $random(9) === 0 ? $name . ' cũ' : $name, 'price' => $same ? $base : $base + 1000,
            'sale' => -1, 'stock' => $random(100), 'attributes' => $text];
    }
}
echo json_encode(['now' => 1750000000, 'branch' => 0, 'goods' => $goods, 'shop' => $shop], JSON_UNESCAPED_UNICODE);
