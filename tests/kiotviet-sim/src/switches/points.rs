//! The table of switches: number in §14, letters, what each reading does.

/// One switch the server honours: its number in §14, the letters it knows, what they mean.
pub struct Point {
    /// Number in the table of `kiotviet-api.md` §14.
    pub number: u16,
    /// What each reading does, `A` first.
    pub readings: &'static [(char, &'static str)],
}

/// Every switch that is implemented.
pub const POINTS: &[Point] = &[
    Point {
        number: 1,
        readings: &[
            ('A', "bad credentials: 400 invalid_client"),
            ('B', "401 invalid_client"),
            ('C', "401 with an HTML body"),
        ],
    },
    Point {
        number: 2,
        readings: &[
            (
                'A',
                "unknown id or code of an order, customer, invoice, category, webhook: 420",
            ),
            ('B', "404 with a body"),
            ('C', "404 without a body"),
        ],
    },
    Point {
        number: 3,
        readings: &[
            (
                'A',
                "rate limit: 429 with body and Retry-After, sliding hour",
            ),
            ('B', "429 plain text without headers, fixed hour"),
            ('C', "420"),
        ],
    },
    Point {
        number: 4,
        readings: &[
            ('A', "a setting is off: KvException"),
            ('B', "KvValidateException"),
            ('C', "KvValidateOrderException"),
        ],
    },
    Point {
        number: 5,
        readings: &[
            ('A', "wrong Retailer: 401 TokenException"),
            ('B', "420 KvException"),
            ('C', "400"),
        ],
    },
    Point {
        number: 6,
        readings: &[
            ('A', "pageSize over 100 clamped (1000 with isMykiot=true)"),
            ('B', "honoured up to 1000 always"),
            ('C', "refused with 420"),
        ],
    },
    Point {
        number: 7,
        readings: &[
            ('A', "empty list omits data"),
            ('B', "empty list carries data: []"),
        ],
    },
    Point {
        number: 8,
        readings: &[
            ('A', "comma lists and repeated keys"),
            ('B', "repeated keys only"),
            ('C', "comma lists only"),
            ('D', "key[]= only"),
        ],
    },
    Point {
        number: 9,
        readings: &[
            ('A', "category tree: total and paging count roots"),
            ('B', "total counts all nodes"),
        ],
    },
    Point {
        number: 10,
        readings: &[
            ('A', "category detail unwrapped"),
            ('B', "category detail wrapped in data"),
        ],
    },
    Point {
        number: 11,
        readings: &[
            ('A', "categoryId filter includes descendants"),
            ('B', "exact category only"),
        ],
    },
    Point {
        number: 12,
        readings: &[
            (
                'A',
                "removedIds on products, present with the flag even when empty",
            ),
            ('B', "removeId, omitted when empty"),
        ],
    },
    Point {
        number: 13,
        readings: &[('A', "weight in grams"), ('B', "weight in kilograms")],
    },
    Point {
        number: 14,
        readings: &[
            ('A', "images are strings"),
            ('B', "images are {Image: url}"),
        ],
    },
    Point {
        number: 15,
        readings: &[
            ('A', "actualReserved equals reserved"),
            ('B', "actualReserved is 0"),
        ],
    },
    Point {
        number: 16,
        readings: &[
            ('A', "minQuantity/maxQuantity"),
            ('B', "minQuality/maxQuality"),
        ],
    },
    Point {
        number: 17,
        readings: &[
            ('A', "priceBooks without the general book"),
            ('B', "general book listed with id 0"),
        ],
    },
    Point {
        number: 18,
        readings: &[
            ('A', "siblings keep a deleted master's id"),
            ('B', "another sibling becomes master"),
        ],
    },
    Point {
        number: 19,
        readings: &[
            ('A', "unit row stock = base ÷ conversionValue"),
            ('B', "unit row has its own number"),
            ('C', "no inventories on unit rows"),
        ],
    },
    Point {
        number: 20,
        readings: &[
            ('A', "combo shows its own stock (0 unless manufactured)"),
            ('B', "combo stock computed from materials"),
        ],
    },
    Point {
        number: 21,
        readings: &[
            ('A', "PUT product with inventories overwrites onHand"),
            ('B', "ignores them"),
        ],
    },
    Point {
        number: 22,
        readings: &[('A', "PUT product answers inventories"), ('B', "inventory")],
    },
    Point {
        number: 23,
        readings: &[('A', "productOnHands key onHand"), ('B', "key onhand")],
    },
    Point {
        number: 24,
        readings: &[
            (
                'A',
                "productOnHands modifiedDate untouched by stock movements",
            ),
            ('B', "bumped"),
        ],
    },
    Point {
        number: 25,
        readings: &[
            ('A', "isGlobal true = all branches"),
            (
                'B',
                "isGlobal only true for the general price list, so never listed true",
            ),
        ],
    },
    Point {
        number: 26,
        readings: &[
            ('A', "POST /pricebooks/detail upserts, book 0 is basePrice"),
            ('B', "only rows that exist, book 0 refused"),
        ],
    },
    Point {
        number: 27,
        readings: &[
            ('A', "bulk customers under both spellings"),
            ('B', "only /listaddcutomers"),
        ],
    },
    Point {
        number: 28,
        readings: &[('A', "customer filters contain"), ('B', "equal")],
    },
    Point {
        number: 29,
        readings: &[
            ('A', "customer branchId a number; a list works too"),
            ('B', "only a list counts"),
        ],
    },
    Point {
        number: 30,
        readings: &[
            ('A', "customer writes answer {message, data}"),
            ('B', "the flat customer"),
        ],
    },
    Point {
        number: 31,
        readings: &[
            ('A', "a phone or code that is taken is refused"),
            ('B', "only a code"),
        ],
    },
    Point {
        number: 32,
        readings: &[
            ('A', "customerId of an order counts"),
            ('B', "only customer{id}"),
        ],
    },
    Point {
        number: 33,
        readings: &[
            ('A', "code of an order is ignored"),
            ('B', "counts and must be new"),
        ],
    },
    Point {
        number: 34,
        readings: &[
            ('A', "unknown good on a line: KvValidateProductException"),
            ('B', "KvValidateException"),
        ],
    },
    Point {
        number: 35,
        readings: &[
            ('A', "customer{} without id: by code, then phone, else new"),
            ('B', "always new"),
            ('C', "ignored"),
        ],
    },
    Point {
        number: 36,
        readings: &[
            ('A', "order status 2 is Đang giao hàng"),
            ('B', "Đang xử lý"),
        ],
    },
    Point {
        number: 37,
        readings: &[
            ('A', "PUT order without orderDetails keeps the lines"),
            ('B', "refused"),
            ('C', "clears them"),
        ],
    },
    Point {
        number: 38,
        readings: &[
            ('A', "invoices are cancelled by a JSON body"),
            ('B', "also by path and query"),
        ],
    },
    Point {
        number: 39,
        readings: &[
            ('A', "an invoice names only orderCode"),
            ('B', "also orderId"),
        ],
    },
    Point {
        number: 40,
        readings: &[
            ('A', "surchages and Payments of an invoice at top level"),
            ('B', "inside deliveryDetail"),
        ],
    },
    Point {
        number: 41,
        readings: &[
            ('A', "second webhook of a type: both get events"),
            ('B', "replaces the first"),
            ('C', "refused with 420"),
        ],
    },
    Point {
        number: 42,
        readings: &[
            ('A', "Action ends in the retailer id"),
            ('B', "Action without suffix"),
            ('C', "Action ends in the webhook id"),
        ],
    },
    Point {
        number: 43,
        readings: &[
            ('A', "webhook key MasterProductId"),
            ('B', "webhook key masterProductId"),
        ],
    },
    Point {
        number: 44,
        readings: &[
            (
                'A',
                "webhook goods with Description, Type, isActive, MinQuantity",
            ),
            ('B', "without"),
        ],
    },
    Point {
        number: 45,
        readings: &[
            ('A', "delete webhooks in the envelope, Data = ids"),
            ('B', "body is {RemoveId: [...]}"),
            ('C', "RemoveId except for goods"),
        ],
    },
    Point {
        number: 46,
        readings: &[
            (
                'A',
                "stock fires stock.update; a book price also product.update",
            ),
            (
                'B',
                "stock also fires product.update; a book price only its own type",
            ),
            ('C', "both also fire product.update"),
            ('D', "both fire only their own type"),
        ],
    },
    Point {
        number: 47,
        readings: &[
            ('A', "sha1= and hex HMAC-SHA256, key = Secret as registered"),
            ('B', "bare hex"),
            ('C', "sha256= and hex"),
            ('D', "base64"),
            ('E', "sha1= and hex, key = decoded Secret"),
            ('F', "bare hex, key decoded"),
            ('G', "sha256= and hex, key decoded"),
            ('H', "base64, key decoded"),
            ('I', "sha1= and hex HMAC-SHA1"),
            ('J', "bare hex HMAC-SHA1"),
            ('K', "base64 HMAC-SHA1"),
            ('L', "sha1= and hex HMAC-SHA1, key decoded"),
            ('M', "bare hex in capitals"),
        ],
    },
    Point {
        number: 48,
        readings: &[
            (
                'A',
                "after a 4xx that stops: registration stays with isActive=false",
            ),
            ('B', "only that delivery ends"),
            ('C', "silent: listed as active, nothing more is sent"),
        ],
    },
    Point {
        number: 49,
        readings: &[
            ('A', "three attempts on timeout, broken connection, 5xx"),
            ('B', "one attempt"),
            ('C', "five attempts"),
        ],
    },
    Point {
        number: 50,
        readings: &[('A', "twelve delivery statuses"), ('B', "six")],
    },
    Point {
        number: 51,
        readings: &[
            ('A', "payments carry status 0 paid, 1 cancelled"),
            ('B', "no status"),
        ],
    },
    Point {
        number: 52,
        readings: &[
            ('A', "lastModifiedFrom with an offset is converted"),
            ('B', "offset ignored"),
            ('C', "refused with 420"),
        ],
    },
    Point {
        number: 53,
        readings: &[
            ('A', "stock movement leaves products.modifiedDate"),
            ('B', "bumps it"),
        ],
    },
    Point {
        number: 54,
        readings: &[('A', "discount of a line is per unit"), ('B', "per line")],
    },
];
