"""From a source to the library: the write side, and the types both sides share."""
