"""Words with fixed meaning: languages, dates, roles. Knows neither Django nor any file format."""
