"""Who a speaker phrase names: person, role and side, and whom a pronoun or a surname stands for."""
