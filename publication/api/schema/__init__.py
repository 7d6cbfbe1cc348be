"""The OpenAPI document of the API: what every address takes and answers, in two languages."""
