"""Who comes in: where they ask from, how often they may try, how long a session lasts, what is written down of it."""
