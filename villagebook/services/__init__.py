"""One verb = one function = one transaction: gather facts, run rules, append events."""
