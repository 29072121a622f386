"""All boards of a person as one ZIP file, made while they do something else."""
