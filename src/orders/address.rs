//! A WooCommerce address as KiotViet takes one: street, ward, and "province - district" (product.md
//! E2, kiotviet-api.md §6.5), before and after the reform of July 2025, which did away with
//! districts.
//!
//! WooCommerce has one town field. Forms for Vietnam put the district there and the ward into the
//! second line, newer ones the ward; what a text begins with tells which it is.

use super::mark::harmless;
use crate::model::PostalAddress;
use crate::text::{fold, same};

const WARD: [&str; 9] = [
    "phường ",
    "xã ",
    "thị trấn ",
    "đặc khu ",
    "p. ",
    "p.",
    "tt. ",
    "tt ",
    "ward ",
];
const DISTRICT: [&str; 10] = [
    "quận ",
    "huyện ",
    "thị xã ",
    "thành phố ",
    "tp. ",
    "tp.",
    "tp ",
    "q. ",
    "q.",
    "district ",
];

/// Where something is delivered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// House and street.
    pub street: String,
    /// Ward.
    pub ward: String,
    /// Province, with the district when there is one.
    pub location: String,
}

fn begins(text: &str, any: &[&str]) -> bool {
    let folded = fold(text);
    any.iter().any(|start| folded.starts_with(start))
}

/// Takes an address apart.
pub(super) fn place(address: &PostalAddress) -> Place {
    let part = |text: &str| harmless(text);
    let mut ward = part(&address.ward);
    let mut district = part(&address.district);
    let mut province = part(&address.province);
    let mut street = part(&address.address_1);
    let mut second = part(&address.address_2);
    let mut city = part(&address.city);
    if same(&city, &province) || same(&city, &district) || same(&city, &ward) {
        city.clear();
    }
    if ward.is_empty() && begins(&second, &WARD) {
        ward = std::mem::take(&mut second);
    }
    if ward.is_empty() && begins(&city, &WARD) {
        ward = std::mem::take(&mut city);
    }
    if province.is_empty() {
        // Without a province of its own the town is all there is.
        province = std::mem::take(&mut city);
    }
    if district.is_empty() && !city.is_empty() && (begins(&city, &DISTRICT) || !ward.is_empty()) {
        district = std::mem::take(&mut city);
    }
    // What is left names something: with a ward known by its own field it is a district's name
    // without the word before it, otherwise a ward's.
    if ward.is_empty() {
        ward = std::mem::take(&mut city);
    }
    join(&mut street, ", ", &second);
    join(&mut street, ", ", &city);
    join(&mut province, " - ", &district);
    Place {
        street,
        ward,
        location: province,
    }
}

/// Adds a part to what is there.
pub(super) fn join(text: &mut String, between: &str, part: &str) {
    if part.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str(between);
    }
    text.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fields: [&str; 6]) -> [String; 3] {
        let [address_1, address_2, ward, district, city, province] = fields.map(String::from);
        let place = place(&PostalAddress {
            address_1,
            address_2,
            ward,
            district,
            city,
            province,
            ..PostalAddress::default()
        });
        [place.street, place.ward, place.location]
    }

    #[test]
    fn addresses_of_every_form_are_taken_apart() {
        for (fields, wanted) in [
            // Before the reform: district in the town field, ward in the second line.
            (
                [
                    "12 Lê Lợi",
                    "Phường Bến Nghé",
                    "",
                    "",
                    "Quận 1",
                    "Hồ Chí Minh",
                ],
                ["12 Lê Lợi", "Phường Bến Nghé", "Hồ Chí Minh - Quận 1"],
            ),
            // After it: the ward in the town field.
            (
                ["12 Lê Lợi", "", "", "", "Phường Sài Gòn", "Hồ Chí Minh"],
                ["12 Lê Lợi", "Phường Sài Gòn", "Hồ Chí Minh"],
            ),
            // Fields of their own.
            (
                [
                    "1 Trần Phú",
                    "Tầng 2",
                    "Xã An Phú",
                    "Huyện Củ Chi",
                    "",
                    "Hồ Chí Minh",
                ],
                [
                    "1 Trần Phú, Tầng 2",
                    "Xã An Phú",
                    "Hồ Chí Minh - Huyện Củ Chi",
                ],
            ),
            // WooCommerce alone: a town and nothing else.
            (
                ["5 Hàng Bông", "", "", "", "Hà Nội", ""],
                ["5 Hàng Bông", "", "Hà Nội"],
            ),
            // A town without a word before it.
            (
                ["5 Hàng Bông", "", "", "", "Hoàn Kiếm", "Hà Nội"],
                ["5 Hàng Bông", "Hoàn Kiếm", "Hà Nội"],
            ),
            (
                ["5 Hàng Bông", "", "Hàng Gai", "", "Hoàn Kiếm", "Hà Nội"],
                ["5 Hàng Bông", "Hàng Gai", "Hà Nội - Hoàn Kiếm"],
            ),
            (
                ["9 Nguyễn Huệ", "", "", "", "Hà Nội", "Hà Nội"],
                ["9 Nguyễn Huệ", "", "Hà Nội"],
            ),
        ] {
            assert_eq!(found(fields), wanted.map(String::from), "{fields:?}");
        }
    }
}
