"""What all readers of files share. Pure."""
