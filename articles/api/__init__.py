"""Articles, speakers, quotes and sources over REST, and what every noun of the API shares."""
