"""One form engine for applications, reviews, reports and surveys, and the documents that go with them."""
