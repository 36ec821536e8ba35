"""What must stay fast, side by side with peers: `python -m bench.extract`. Nothing here runs in the service."""
