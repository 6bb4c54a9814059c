"""Follow-up: from the sentence to the delivery, and the board that forgets nothing."""
