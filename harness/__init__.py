"""What tests and measurements share: Easel in real processes, people with programs, and a real browser."""
