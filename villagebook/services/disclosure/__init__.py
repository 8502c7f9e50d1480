"""公开: notices and sheets, compiled, reviewed, hung, doubted, set right."""
