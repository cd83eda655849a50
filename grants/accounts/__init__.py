"""Who people are: accounts, their language and zone, and the roles they hold for the funder."""
