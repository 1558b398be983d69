"""Strangers' harvesters and a validator, let loose on the site as it runs: ``make harvesters``."""
