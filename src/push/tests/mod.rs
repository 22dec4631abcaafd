//! Pushing, case by case.
