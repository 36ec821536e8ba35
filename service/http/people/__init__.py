"""The pages for people: what the API answers, as HTML. Whatever they show was asked of the API's own endpoints."""
