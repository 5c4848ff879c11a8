//! Real engines for the tests.
