//! `orderBy` and `orderDirection` (§1.5): by any response field, in any casing.

use std::cmp::Ordering;
use std::cmp::Reverse;

use crate::catalogue::{Branch, Category, Customer, Document, PriceBook, Product, TradeMark};
use crate::number::Number;
use crate::time::VnTime;

/// `Asc` or `Desc`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The default.
    #[default]
    Asc,
    /// Reversed; equal rows keep their order.
    Desc,
}

impl Direction {
    /// `desc` in any casing; everything else is ascending.
    pub fn parse(text: Option<&str>) -> Self {
        match text {
            Some(text) if text.eq_ignore_ascii_case("desc") => Self::Desc,
            _ => Self::Asc,
        }
    }
}

/// What rows are compared by. Absent values come first, as SQL Server sorts NULL.
#[derive(PartialEq)]
pub enum SortKey {
    /// No value.
    Nothing,
    /// Any number.
    Number(f64),
    /// Ids.
    Int(i64),
    /// Text, case folded.
    Text(String),
    /// A moment.
    Time(VnTime),
}

impl Eq for SortKey {}

impl PartialOrd for SortKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SortKey {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => left.total_cmp(right),
            (Self::Int(left), Self::Int(right)) => left.cmp(right),
            (Self::Text(left), Self::Text(right)) => left.cmp(right),
            (Self::Time(left), Self::Time(right)) => left.cmp(right),
            (Self::Nothing, Self::Nothing) => Ordering::Equal,
            (Self::Nothing, _) => Ordering::Less,
            (_, Self::Nothing) => Ordering::Greater,
            _ => Ordering::Equal,
        }
    }
}

impl From<i64> for SortKey {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<Number> for SortKey {
    fn from(value: Number) -> Self {
        Self::Number(value.0)
    }
}

impl From<&str> for SortKey {
    fn from(value: &str) -> Self {
        Self::Text(value.to_lowercase())
    }
}

impl From<bool> for SortKey {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<VnTime> for SortKey {
    fn from(value: VnTime) -> Self {
        Self::Time(value)
    }
}

impl<T: Into<SortKey>> From<Option<T>> for SortKey {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

/// Rows that can be put in order by the name of a response field.
pub trait Sortable {
    /// The key for a lower-cased field name; `None` for a field the endpoint does not sort by.
    fn key(&self, field: &str) -> Option<SortKey>;
}

/// Positions of the rows in the order asked for; an unknown or empty field keeps the stored order.
pub fn positions<T: Sortable>(rows: &[T], field: &str, direction: Direction) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let field = field.to_lowercase();
    let key = |position: &usize| {
        rows.get(*position)
            .and_then(|row| row.key(&field))
            .unwrap_or(SortKey::Nothing)
    };
    match direction {
        Direction::Asc => order.sort_by_cached_key(key),
        Direction::Desc => order.sort_by_cached_key(|position| Reverse(key(position))),
    }
    order
}

impl Sortable for Product {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "id" => self.id.into(),
            "code" => self.code.as_str().into(),
            "barcode" => self.bar_code.as_deref().into(),
            "name" => self.name.as_str().into(),
            "fullname" => self.shown_name().as_str().into(),
            "categoryid" => self.category_id.into(),
            "trademarkid" => self.trade_mark_id.into(),
            "baseprice" => self.base_price.into(),
            "weight" => self.weight.into(),
            "type" => self.kind.into(),
            "unit" => self.unit.as_deref().into(),
            "isactive" => self.is_active.into(),
            "allowssale" => self.allows_sale.into(),
            "masterproductid" => self.master_product_id.into(),
            "masterunitid" => self.master_unit_id.into(),
            "conversionvalue" => self.conversion_value.into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}

impl Sortable for Category {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "categoryid" | "id" => self.category_id.into(),
            "categoryname" | "name" => self.category_name.as_str().into(),
            "parentid" => self.parent_id.into(),
            "rank" => self.rank.into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}

impl Sortable for Branch {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "id" => self.id.into(),
            "branchname" | "name" => self.branch_name.as_str().into(),
            "branchcode" => self.branch_code.as_deref().into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}

impl Sortable for TradeMark {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "trademarkid" | "id" => self.trade_mark_id.into(),
            "trademarkname" | "name" => self.trade_mark_name.as_str().into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}

impl Sortable for PriceBook {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "id" => self.id.into(),
            "name" => self.name.as_str().into(),
            "isactive" => self.is_active.into(),
            "startdate" => self.start_date.into(),
            "enddate" => self.end_date.into(),
            _ => return None,
        })
    }
}

impl Sortable for Document {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "id" => self.id.into(),
            "code" => self.code.as_str().into(),
            "status" => self.status.into(),
            "branchid" => self.branch_id.into(),
            "purchasedate" => self.purchase_date.into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}

impl Sortable for Customer {
    fn key(&self, field: &str) -> Option<SortKey> {
        Some(match field {
            "id" => self.id.into(),
            "code" => self.code.as_str().into(),
            "name" => self.name.as_str().into(),
            "contactnumber" => self.contact_number.as_deref().into(),
            "createddate" => self.created_date.into(),
            "modifieddate" => self.modified_date.or(self.created_date).into(),
            _ => return None,
        })
    }
}
