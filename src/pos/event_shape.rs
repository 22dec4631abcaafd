//! The form of a webhook's body (kiotviet-api.md §9.3, §9.4), every type in one table.
//!
//! Which type a row is of is said beside it (`Action`), so a row is read by the table of all fields
//! that any type has, and then laid out as the type's own reader wants it ([`laid_out`]).

use super::books;
use super::stocks::STOCK_KIND;
use super::wire::{shape, Kind, Node, Shape};

shape!(BOOK_PRICE, BookPriceField {
    Book "pricebookid" Kind::Scalar;
    Price "price" Kind::Scalar;
});

// Most fields are not looked at here but by the readers they are laid out for.
shape!(#[allow(dead_code)] ROW, Field {
    Id "id" Kind::Scalar;
    ProductId "productid" Kind::Scalar;
    PriceBookId "pricebookid" Kind::Scalar;
    ProductIds "productids" Kind::Scalars;
    IsDeleted "isdeleted" Kind::Scalar;
    Inventories "inventories" STOCK_KIND;
    PriceBooks "pricebooks" Kind::Rows(&BOOK_PRICE);
    ProductCode "productcode" Kind::Scalar;
    ProductName "productname" Kind::Scalar;
    Code "code" Kind::Scalar;
    Name "name" Kind::Scalar;
    FullName "fullname" Kind::Scalar;
    Price "price" Kind::Scalar;
    BranchId "branchid" Kind::Scalar;
    OnHand "onhand" Kind::Scalar;
    Reserved "reserved" Kind::Scalar;
    IsActive "isactive" Kind::Scalar;
    IsLock "islock" Kind::Scalar;
    BranchName "branchname" Kind::Scalar;
    BranchCode "branchcode" Kind::Scalar;
    CategoryId "categoryid" Kind::Scalar;
    CategoryName "categoryname" Kind::Scalar;
    ParentId "parentid" Kind::Scalar;
    IsGlobal "isglobal" Kind::Scalar;
    StartDate "startdate" Kind::Scalar;
    EndDate "enddate" Kind::Scalar;
    ForAllGroups "forallcusgroup" Kind::Scalar;
    ForAllUsers "foralluser" Kind::Scalar;
    Branches "pricebookbranches" Kind::Rows(&books::BRANCH);
    Groups "pricebookcustomergroups" Kind::Rows(&books::BRANCH);
    Users "pricebookusers" Kind::Rows(&books::BRANCH);
});

shape!(NOTIFICATION, NotificationField {
    Action "action" Kind::Scalar;
    Data "data" Kind::Mixed(&ROW);
});

shape!(BODY, BodyField {
    Id "id" Kind::Scalar;
    Attempt "attempt" Kind::Scalar;
    Notifications "notifications" Kind::Rows(&NOTIFICATION);
    RemoveId "removeid" Kind::Scalars;
    RemoveIds "removeids" Kind::Scalars;
    RemovedIds "removedids" Kind::Scalars;
});

shape!(EVENT, EventField {
    Type "type" Kind::Scalar;
    Body "body" Kind::Mixed(&BODY);
});

/// The fields of a row of [`ROW`] in the places another shape has for them.
pub(super) fn laid_out(fields: &[Node], shape: &Shape) -> Vec<Node> {
    let place = |name: &str| ROW.names.iter().position(|known| *known == name);
    let field = |name: &&str| place(name).and_then(|place| fields.get(place));
    let fields = shape.names.iter().map(field);
    fields
        .map(|field| field.cloned().unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pos::{branches, categories, prices, stocks};

    #[test]
    fn every_field_a_reader_looks_at_is_in_the_table() {
        for shape in [
            &books::BOOK,
            &branches::BRANCH,
            &categories::CATEGORY,
            &prices::PRICE,
            &stocks::STOCK_ROW,
        ] {
            for name in shape.names {
                // A webhook's category has no children.
                assert!(ROW.names.contains(name) || *name == "children", "{name}");
            }
        }
    }
}
