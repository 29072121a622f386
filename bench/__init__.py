"""What Easel costs, measured from outside: `make bench`."""
