"""SELECTs on service hours, each starting from the actor: one's own, those one confirms, and the
ledger of a committee."""
