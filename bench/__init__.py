"""What must stay fast and right, measured side by side with peers; each module is one command."""
