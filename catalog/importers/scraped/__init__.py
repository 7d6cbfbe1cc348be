"""The scraped national register: records whose tables were flattened into single strings."""
