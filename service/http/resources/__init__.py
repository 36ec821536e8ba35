"""What is served, one module a resource; each gives its endpoints."""
